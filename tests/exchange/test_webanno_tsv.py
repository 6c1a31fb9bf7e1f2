"""WebAnno TSV 3: INCEpTION's own suite, where an XMI of the same annotations lies beside each."""

from pathlib import Path

import pytest

from app.exchange import cas_xmi, webanno_tsv
from app.exchange.dataset import Dataset
from app.model.errors import InputRefused

DIFFERENT = ("Whitespace", "Zero", "Chain")
"""There the format itself moves a mark to its tokens, has marks without a length, or has chains."""


def read(folder: Path, text: str) -> Dataset:
    (folder / "a.tsv").write_text(text, "utf-8")
    return webanno_tsv.read(folder / "a.tsv")


def test_the_suite_says_what_its_xmi_says(shared_data: Path) -> None:
    compared = 0
    for path in sorted((shared_data / "02_webanno_uima/inception_tsv3_suite").rglob("*.tsv")):
        (found,) = webanno_tsv.read(path).articles
        xmi = next(path.parent.glob("*.xmi"), None)
        if xmi is None or any(word in path.parent.name for word in DIFFERENT):
            continue
        (given,) = cas_xmi.read(xmi).articles
        assert found.article.text == given.article.text, path
        places = sorted((a.start, a.end) for a in found.annotations)
        assert places == sorted((a.start, a.end) for a in given.annotations), path
        ids = {a.id: (a.start, a.end) for a in (*found.annotations, *given.annotations)}
        links = sorted((ids[r.source], ids[r.target]) for r in found.relations)
        assert links == sorted((ids[r.source], ids[r.target]) for r in given.relations), path
        compared += 1
    assert compared == 28


def test_the_news_of_gum(shared_data: Path) -> None:
    """SOURCES: 6 documents, 966 entity spans."""
    files = sorted((shared_data / "02_webanno_uima/gum_news").glob("*.tsv"))
    datasets = [webanno_tsv.read(path) for path in files]
    bundles = [bundle for dataset in datasets for bundle in dataset.articles]
    assert (len(bundles), sum(len(one.annotations) for one in bundles)) == (6, 966)
    assert sum(len(one.relations) for one in bundles) == 474
    assert all(dataset.lost == () for dataset in datasets)
    assert "killed in Mecca crane collapse\n" in bundles[2].article.text
    entities = {a.attributes.get("entity") for a in bundles[2].annotations}
    assert {"person", "place", "event"} <= entities


HEAD = (
    "#FORMAT=WebAnno TSV 3.3\n#T_SP=w.Span|kind|note\n#T_RL=w.Rel|how|BT_w.Span\n"
    "#T_CH=w.C|a|b\n\n\n"
)


def test_stacks_escapes_offsets_and_links(tmp_path: Path) -> None:
    rows = [
        "#Text=😀 Anna\\tBerg met",
        "1-1\t0-2\t😀\t_\t_\t_\t_\t_\t_\t",
        "1-2\t3-7\tAnna\tA\\|B[1]|C[2]\t*[1]|x\\_y[2]\t_\t_\t_\t_\t",
        "1-3\t8-12\tBerg\tA\\|B[1]\t*[1]\t_\t_\t*->1-1\tz\t",
        "1-4\t13-16\tmet\tD\t*\tof\t1-2[1_0]\t_\t_\t",
    ]
    dataset = read(tmp_path, HEAD + "\n".join(rows) + "\n")
    (bundle,) = dataset.articles
    assert bundle.article.text == "😀 Anna\tBerg met"
    found = [(a.type, a.quote, a.attributes) for a in bundle.annotations]
    assert found == [
        ("Span", "Anna\tBerg", {"kind": "A|B"}),
        ("Span", "Anna", {"kind": "C", "note": "x_y"}),
        ("Span", "met", {"kind": "D"}),
    ]
    (link,) = bundle.relations
    ids = {a.id: a.quote for a in bundle.annotations}
    assert (link.role, link.attributes) == ("Rel", {"how": "of"})
    assert (ids[link.source], ids[link.target]) == ("Anna\tBerg", "met")
    assert [(one.what, one.count) for one in dataset.lost] == [("links of chains", 1)]


def test_other_files_are_refused(tmp_path: Path, shared_data: Path) -> None:
    with pytest.raises(InputRefused, match="no WebAnno TSV 3"):
        read(tmp_path, "a\tb\n")
    with pytest.raises(InputRefused, match="no token"):
        read(tmp_path, HEAD)
    row = "\tx\t_\t_\t_\t_\t_\t_\t\n"
    with pytest.raises(InputRefused, match="overlap"):
        read(tmp_path, f"{HEAD}#Text=x\n1-1\t5-6{row}\n#Text=x\n2-1\t0-1{row}")
    for path in (shared_data / "02_webanno_uima" / "inception_tsv2" / "tsv2").glob("*.tsv"):
        with pytest.raises(InputRefused, match="no WebAnno TSV 3"):
            webanno_tsv.read(path)
