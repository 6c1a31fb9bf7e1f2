"""From what a field says to the command that does it."""

from app.model.annotation import Annotation, Evidence, fragments_of
from app.model.codebook import Attribute, Option, RecordKind, SpanType
from app.model.commands import EditAnnotation, EditRecord
from app.model.registry import Record
from app.ui.form import edits

KIND = Attribute(
    name="kind", label="Kind", type="enum", options=(Option(value="a"), Option(value="b"))
)
SUB = Attribute(
    name="sub",
    label="Sub",
    type="enum",
    depends_on="kind",
    options=(Option(value="a1", only_with=("a",)), Option(value="b1", only_with=("b",))),
)
TYPE = SpanType(
    name="event",
    label="Event",
    plural="Events",
    key="2",
    letter="E",
    ink="event",
    underline="double",
    attributes=(KIND, SUB),
)


def annotation(**known: object) -> Annotation:
    fields: dict[str, object] = {"fragments": fragments_of("protest", [(0, 7)])} | known
    return Annotation(id="i", article="a", layer="l", type="event", version=3, **fields)  # type: ignore[arg-type]


def test_a_dependent_choice_that_no_longer_fits_is_unset() -> None:
    held = annotation(attributes={"kind": "a", "sub": "a1"})
    command = edits.set_attribute(held, TYPE, KIND, "b").command
    assert command == EditAnnotation(id="i", version=3, attributes={"kind": "b"}, unset=("sub",))
    command = edits.set_attribute(held, TYPE, KIND, None).command
    assert command == EditAnnotation(id="i", version=3, unset=("kind", "sub"))


def test_a_dependent_choice_that_fits_stays() -> None:
    held = annotation(attributes={"sub": "a1"})
    command = edits.set_attribute(held, TYPE, KIND, "a").command
    assert command == EditAnnotation(id="i", version=3, attributes={"kind": "a"})


def test_a_record_follows_the_same_rule() -> None:
    record = Record(
        id="r", kind="event", name="R", attributes={"kind": "a", "sub": "a1"}, version=2
    )
    kind = RecordKind(name="event", label="Event", attributes=(KIND, SUB))
    command = edits.set_record_attribute(record, kind, KIND, "b").command
    assert isinstance(command, EditRecord)
    assert (command.record.attributes, command.record.version) == ({"kind": "b"}, 2)


def test_titles_say_set_or_clear() -> None:
    held = annotation()
    assert edits.set_attribute(held, TYPE, KIND, "a").title == "set kind"
    assert edits.set_attribute(held, TYPE, KIND, None).title == "clear kind"
    assert edits.set_comment(held, "").title == "clear comment"
    assert edits.set_certainty(held, "unsure").title == "mark as unsure"


def test_one_of_two_equal_pieces_of_evidence_is_changed() -> None:
    twin = Evidence(attribute="place", value="Moscow")
    held = annotation(evidence=(twin, Evidence(attribute="place", value="Moscow")))
    command = edits.replace_evidence(held, held.evidence[1], None, label="Place").command
    assert isinstance(command, EditAnnotation)
    assert command.evidence == (twin,)
    added = Evidence(attribute="time", value="2021")
    command = edits.replace_evidence(held, None, added, label="Date").command
    assert isinstance(command, EditAnnotation)
    assert command.evidence == (twin, twin, added)
