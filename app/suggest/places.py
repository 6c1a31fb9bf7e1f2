"""Names of countries, larger cities and peoples, by which a place is told from somebody who acts."""

PLACES = frozenset(
    (
        "Afghanistan Albania Algeria Angola Argentina Armenia Australia Austria Azerbaijan Bahrain "
        "Bangladesh Belarus Belgium Benin Bolivia Bosnia Botswana Brazil Bulgaria Burundi Cambodia "
        "Cameroon Canada Chad Chile China Colombia Congo Croatia Cuba Cyprus Denmark Ecuador Egypt "
        "Eritrea Estonia Ethiopia Finland France Gabon Gambia Georgia Germany Ghana Greece Guatemala "
        "Guinea Haiti Honduras Hungary Iceland India Indonesia Iran Iraq Ireland Israel Italy Jamaica "
        "Japan Jordan Kazakhstan Kenya Kosovo Kuwait Kyrgyzstan Laos Latvia Lebanon Liberia Libya "
        "Lithuania Luxembourg Madagascar Malawi Malaysia Mali Malta Mauritania Mexico Moldova "
        "Mongolia Montenegro Morocco Mozambique Myanmar Namibia Nepal Netherlands Nicaragua Niger "
        "Nigeria Norway Oman Pakistan Palestine Panama Paraguay Peru Philippines Poland Portugal "
        "Qatar Romania Russia Rwanda Senegal Serbia Singapore Slovakia Slovenia Somalia Spain Sudan "
        "Sweden Switzerland Syria Taiwan Tajikistan Tanzania Thailand Togo Tunisia Turkey "
        "Turkmenistan Uganda Ukraine Uruguay Uzbekistan Venezuela Vietnam Yemen Zambia Zimbabwe "
        "Britain England Scotland Wales Catalonia Crimea Gaza Chechnya Europe Asia Africa America USA "
        "US UK GB EU UN NATO Moscow Berlin Paris London Madrid Rome Vienna Warsaw Kyiv Kiev Minsk "
        "Brussels Beijing Shanghai Tokyo Delhi Mumbai Cairo Istanbul Ankara Tehran Baghdad Damascus "
        "Beirut Jerusalem Athens Budapest Prague Lisbon Dublin Oslo Stockholm Copenhagen Helsinki "
        "Geneva Zurich Barcelona Milan Munich Hamburg Frankfurt Cologne Leipzig Dresden Washington "
        "Chicago Boston Philadelphia Houston Seattle Portland Minneapolis Atlanta Toronto Montreal "
        "Ottawa Sydney Melbourne Lagos Nairobi Johannesburg Khartoum Tunis Algiers Tripoli Caracas "
        "Bogota Lima Santiago Karachi Lahore Islamabad Kabul Dhaka Bangkok Yangon Manila Jakarta "
        "Seoul Hanoi Vladivostok Khabarovsk Novosibirsk Yekaterinburg Manchester Birmingham Glasgow "
        "Edinburgh Belfast Lyon Marseille Deutschland Österreich Schweiz Frankreich Russland "
        "Großbritannien Spanien Italien Polen Allemagne Espagne Russie Italie Pologne Angleterre "
        "Royaume-Uni Alemania Francia Rusia Italia Polonia Inglaterra Россия России Россию Россией "
        "Москва Москве Москвы Москву Украина Украины Украине Украину США Германия Германии Германию "
        "Франция Франции Китай Китая Китае Беларусь Белоруссия Петербург Петербурге Крым Крыму Европа "
        "Европы Европе"
    ).split()
) | frozenset(
    (
        "United States;United Kingdom;Great Britain;European Union;United Nations;"
        "Saudi Arabia;South Africa;South Korea;North Korea;Sri Lanka;New Zealand;Costa Rica;"
        "El Salvador;Sierra Leone;Burkina Faso;Ivory Coast;Hong Kong;Czech Republic;"
        "United Arab Emirates;Northern Ireland;West Bank;Latin America;Middle East;New York;"
        "St Petersburg;Saint Petersburg;Los Angeles;San Francisco;New Delhi;Tel Aviv;"
        "Buenos Aires;Mexico City;Addis Ababa;Rio de Janeiro;Sao Paulo;Cape Town"
    ).split(";")
)
"""Where things happen; a state acts as well."""

DEMONYMS = frozenset(
    (
        "Afghan Albanian Algerian American Argentine Armenian Australian Austrian Azerbaijani "
        "Bahraini Bangladeshi Belarusian Belgian Bolivian Bosnian Brazilian British Bulgarian Burmese "
        "Cambodian Canadian Catalan Chechen Chilean Chinese Colombian Congolese Croatian Cuban "
        "Cypriot Czech Danish Dutch Ecuadorian Egyptian English Estonian Ethiopian European Finnish "
        "French Georgian German Ghanaian Greek Haitian Hungarian Indian Indonesian Iranian Iraqi "
        "Irish Israeli Italian Japanese Jordanian Kazakh Kenyan Korean Kosovar Kurdish Kuwaiti "
        "Latvian Lebanese Liberian Libyan Lithuanian Malaysian Malian Mexican Moldovan Moroccan "
        "Nepalese Nigerian Norwegian Pakistani Palestinian Peruvian Philippine Polish Portuguese "
        "Qatari Romanian Russian Rwandan Saudi Scottish Senegalese Serbian Slovak Slovenian Somali "
        "Spanish Sudanese Swedish Swiss Syrian Taiwanese Tanzanian Thai Tibetan Tunisian Turkish "
        "Ugandan Ukrainian Uzbek Venezuelan Vietnamese Welsh Yemeni Zimbabwean African Asian Western "
        "Muslim Christian Jewish Catholic Afghans Albanians Algerians Americans Armenians Australians "
        "Austrians Belarusians Brazilians Britons Bulgarians Canadians Catalans Chechens Chileans "
        "Colombians Cubans Czechs Danes Egyptians Estonians Ethiopians Europeans Georgians Germans "
        "Greeks Hungarians Indians Indonesians Iranians Iraqis Israelis Italians Jordanians Kazakhs "
        "Kenyans Koreans Kurds Latvians Libyans Lithuanians Malaysians Mexicans Moldovans Moroccans "
        "Nigerians Norwegians Pakistanis Palestinians Peruvians Poles Romanians Russians Serbs "
        "Slovaks Somalis Spaniards Swedes Syrians Tibetans Tunisians Turks Ukrainians Venezuelans "
        "Yemenis Muslims Christians Jews Catholics"
    ).split()
)
"""Words for where somebody is from, and for all the people from there."""
