//! What articles are about: each topic with words of its own, bodies that act in it, and collocations that its articles
//! share without copying each other.

/// A subject of the news.
pub struct Topic {
    /// Singular nouns, one word each.
    pub nouns: &'static str,
    /// Regular verbs that take an object.
    pub verbs: &'static str,
    pub adjectives: &'static str,
    /// Bodies that speak and decide, with `|` between.
    pub bodies: &'static str,
    /// Terms of several words, singular, with `|` between.
    pub terms: &'static str,
    /// Who else is quoted, singular.
    pub roles: &'static str,
}

pub const TOPICS: &[Topic] = &[
    Topic {
        nouns: "catch quota trawler net vessel stock fishery harbor season cod herring mackerel shoal reef estuary crew \
                licence deck hull cannery auction hatchery bycatch tide",
        verbs: "land haul net scrap license restock overfish moor unload monitor",
        adjectives: "coastal depleted inshore seasonal seaborne salted breeding migratory Baltic deep-water",
        bodies: "Fisheries Council|Skippers' Union|Marine Institute|Port Authority|Coastal Chamber",
        terms: "total allowable catch|spawning ground|mesh size rule|landing obligation|drift net ban",
        roles: "skipper deckhand biologist fishmonger harbormaster inspector",
    },
    Topic {
        nouns: "missile warhead launch sanction embargo treaty inspector centrifuge reactor uranium deterrent radar salvo \
                arsenal ceasefire envoy border regime testing summit disarmament provocation launcher submarine",
        verbs: "launch condemn intercept dismantle deter verify enrich deploy denounce test",
        adjectives: "ballistic nuclear intercontinental hostile verifiable strategic armed atomic diplomatic reckless",
        bodies: "Security Council|Foreign Ministry|Defense Staff|Disarmament Agency|Joint Command",
        terms: "ballistic missile test|nuclear weapons program|air defense battery|confidence building measure|arms \
                control regime",
        roles: "diplomat general analyst envoy negotiator attache",
    },
    Topic {
        nouns: "loan deposit mortgage inflation bond yield lender rate currency reserve branch portfolio default dividend \
                shareholder bailout liquidity margin merger forecast creditor account saver bank",
        verbs: "lend hike refinance underwrite tighten inject forecast devalue liquidate hedge",
        adjectives: "monetary fiscal retail insolvent quarterly sovereign volatile creditworthy overdue central",
        bodies: "Central Bank|Treasury|Banking Federation|Stock Exchange|Financial Regulator",
        terms: "interest rate decision|non-performing loan|capital buffer|sovereign debt auction|stress test result",
        roles: "economist trader banker auditor broker treasurer",
    },
    Topic {
        nouns: "hospital ward nurse vaccine patient clinic surgeon dose outbreak virus ambulance waiting-list symptom \
                pharmacy infection prescription screening midwife therapy epidemic bed diagnosis surgery variant",
        verbs: "treat vaccinate diagnose admit discharge prescribe screen immunize quarantine staff",
        adjectives: "clinical infectious chronic medical understaffed preventable contagious surgical elderly pediatric",
        bodies: "Health Service|Medical Association|Nurses' College|Medicines Agency|Hospital Trust",
        terms: "intensive care bed|waiting time target|booster dose|general practice surgery|infection control rule",
        roles: "doctor nurse consultant epidemiologist pharmacist patient",
    },
    Topic {
        nouns: "school teacher pupil exam curriculum classroom grade tuition scholarship lecture campus textbook literacy \
                degree kindergarten headteacher syllabus apprenticeship enrollment student dormitory thesis truancy desk",
        verbs: "teach enroll grade tutor expel graduate examine lecture accredit mentor",
        adjectives: "academic primary secondary bilingual compulsory vocational gifted rural overcrowded remedial",
        bodies: "Education Department|Teachers' Union|Schools Inspectorate|University Senate|Parents' League",
        terms: "final year exam|class size limit|school meal program|student loan scheme|reading recovery course",
        roles: "teacher pupil parent lecturer principal rector",
    },
    Topic {
        nouns: "election ballot turnout candidate coalition poll constituency campaign manifesto recount majority voter \
                parliament referendum seat runoff incumbent rally precinct debate cabinet opposition whip senator",
        verbs: "elect nominate canvass endorse impeach concede unseat register rig dissolve",
        adjectives: "electoral parliamentary populist marginal liberal conservative disputed unopposed partisan regional",
        bodies: "Electoral Commission|Reform Party|People's Alliance|Constitutional Court|Civic Union",
        terms: "postal vote|vote of confidence|snap election call|campaign finance rule|exit poll figure",
        roles: "candidate pollster lawmaker voter strategist campaigner",
    },
    Topic {
        nouns: "train track station rail timetable tunnel locomotive commuter signal platform freight carriage bridge delay \
                depot fare ticket junction tram sleeper embankment gauge conductor line",
        verbs: "electrify derail reroute upgrade couple dispatch renovate shunt widen maintain",
        adjectives: "high-speed regional overnight punctual suburban double-track disused elevated northbound crowded",
        bodies: "Rail Operator|Transport Ministry|Drivers' Union|Infrastructure Agency|Passengers' Forum",
        terms: "signal failure|rolling stock order|season ticket holder|level crossing upgrade|rail freight corridor",
        roles: "engineer commuter driver dispatcher planner passenger",
    },
    Topic {
        nouns: "flood river levee rainfall dam embankment sandbag storm reservoir evacuation shelter damage forecast drain \
                wetland culvert tide rescue debris basin downpour boat meteorologist bank",
        verbs: "flood evacuate drain dredge reinforce breach rescue submerge pump restore",
        adjectives: "swollen torrential upstream stranded waterlogged low-lying muddy record-breaking seasonal submerged",
        bodies: "Water Board|Civil Protection|Weather Service|River Commission|Relief Fund",
        terms: "flood defense wall|emergency shelter|high water mark|early warning system|catchment area plan",
        roles: "meteorologist farmer rescuer resident hydrologist volunteer",
    },
    Topic {
        nouns: "turbine grid solar panel battery pipeline refinery coal emission kilowatt substation drilling tariff \
                blackout megawatt boiler subsidy meter generator plant gas cable heat storage",
        verbs: "generate insulate drill subsidize ration refine meter decarbonize connect curtail",
        adjectives: "renewable offshore thermal photovoltaic idle carbon-free flammable efficient electric fossil",
        bodies: "Energy Agency|Grid Operator|Power Company|Climate Council|Consumers' Federation",
        terms: "offshore wind farm|carbon price floor|gas storage level|power purchase agreement|heat pump grant",
        roles: "engineer consumer electrician geologist activist supplier",
    },
    Topic {
        nouns: "trial judge verdict witness prosecutor defendant appeal jury sentence evidence testimony indictment bail \
                courtroom lawyer fraud plea hearing inmate prison parole custody bribe summons",
        verbs: "convict acquit prosecute indict sentence subpoena testify overturn jail sue",
        adjectives: "guilty criminal judicial suspended alleged lenient sworn inadmissible pre-trial corrupt",
        bodies: "Supreme Court|Bar Association|Public Prosecutor|Court of Appeal|Prison Service",
        terms: "plea bargain offer|witness protection scheme|life sentence|contempt of court charge|class action suit",
        roles: "lawyer judge juror prosecutor defendant bailiff",
    },
    Topic {
        nouns: "goal striker match league referee penalty coach stadium transfer fan defender midfielder trophy tournament \
                injury squad kickoff derby goalkeeper bench relegation captain pitch header",
        verbs: "score tackle substitute sign defeat relegate train book qualify draft",
        adjectives: "unbeaten injured offside promising home veteran last-minute athletic defensive winless",
        bodies: "Football Association|Premier Division|Players' Union|Supporters' Trust|Referees' Panel",
        terms: "penalty shootout|transfer window|away goals rule|free kick specialist|half time team talk",
        roles: "coach striker fan scout physiotherapist pundit",
    },
    Topic {
        nouns: "harvest wheat drought tractor grain dairy cattle fertilizer orchard farmer irrigation barn pesticide soil \
                acreage seed livestock milk vineyard plow subsidy crop flock silo",
        verbs: "harvest sow irrigate plow fertilize graze cull spray mill export",
        adjectives: "arid organic arable drought-stricken fertile perishable bumper grazing livestock rain-fed",
        bodies: "Farmers' Union|Grain Board|Agriculture Ministry|Dairy Cooperative|Veterinary Office",
        terms: "crop insurance scheme|foot and mouth case|milk price floor|winter wheat yield|land set-aside rule",
        roles: "farmer miller agronomist breeder picker veterinarian",
    },
    Topic {
        nouns: "apartment rent tenant landlord eviction zoning mortgage scaffolding brick architect suburb housing squatter \
                lease skyscraper renovation permit builder slum balcony elevator plot facade cement",
        verbs: "rent evict rezone build demolish furnish lease refurbish insulate occupy",
        adjectives: "affordable vacant derelict residential high-rise leaky rent-controlled gentrified detached urban",
        bodies: "Housing Authority|Tenants' Association|Planning Committee|Builders' Federation|City Council",
        terms: "rent control law|building safety rule|social housing estate|planning permission appeal|first time buyer",
        roles: "tenant landlord architect surveyor builder estate-agent",
    },
    Topic {
        nouns: "satellite orbit rocket telescope astronaut capsule launchpad booster crater asteroid rover spacecraft \
                antenna payload module comet probe galaxy eclipse spacewalk docking thruster lander astronomer",
        verbs: "orbit launch dock steer photograph detect jettison calibrate track retrieve",
        adjectives: "lunar orbital interstellar reusable unmanned cosmic faint geostationary solar dusty",
        bodies: "Space Agency|Astronomical Society|Launch Company|Research Council|Observatory",
        terms: "heat shield tile|low orbit debris|mission control room|solar wind sensor|second stage engine",
        roles: "astronaut physicist engineer astronomer technician director",
    },
    Topic {
        nouns: "museum painting exhibition sculpture gallery curator theater orchestra audience festival novel premiere \
                heirloom canvas actor playwright choir fresco auction manuscript ballet library poem stage",
        verbs: "exhibit perform restore curate compose stage rehearse forge publish lend",
        adjectives: "baroque contemporary priceless looted musical literary abstract acclaimed medieval avant-garde",
        bodies: "National Museum|Arts Council|City Theater|Philharmonic Society|Heritage Trust",
        terms: "opening night|private collection|entry fee rise|stage lighting rig|provenance research unit",
        roles: "curator painter conductor novelist actress collector",
    },
    Topic {
        nouns: "factory worker wage strike layoff assembly overtime picket contract shift pension robot conveyor machinist \
                steel foundry productivity apprentice severance walkout warehouse forklift order supplier",
        verbs: "assemble weld automate hire furlough manufacture outsource ship idle organize",
        adjectives: "industrial unionized skilled hourly seasonal idle bankrupt temporary family-owned redundant",
        bodies: "Metalworkers' Union|Employers' Federation|Labor Office|Car Maker|Works Council",
        terms: "collective bargaining round|minimum wage rise|night shift bonus|supply chain snag|assembly line robot",
        roles: "machinist foreman welder organizer manager apprentice",
    },
    Topic {
        nouns: "router malware password server breach encryption hacker software network firewall ransom chip algorithm \
                browser smartphone broadband privacy startup database outage patch developer cloud platform",
        verbs: "hack encrypt patch download install leak stream code scan digitize",
        adjectives: "digital wireless encrypted cyber open-source anonymous viral outdated automated biometric",
        bodies: "Data Protection Office|Telecoms Regulator|Software Maker|Cyber Center|Digital Rights League",
        terms: "two factor login|data center cooling|facial recognition trial|end user license|fiber network rollout",
        roles: "programmer hacker regulator investor subscriber researcher",
    },
    Topic {
        nouns: "migrant asylum refugee visa border camp smuggler passport deportation citizenship shelter interpreter \
                detention quota boat resettlement family checkpoint fence reception permit newcomer exile",
        verbs: "deport resettle detain shelter smuggle host integrate register house intercept",
        adjectives: "undocumented stateless overcrowded humanitarian unaccompanied displaced foreign-born perilous legal \
                     temporary",
        bodies: "Migration Office|Refugee Council|Border Guard|Relief Committee|Interior Ministry",
        terms: "asylum claim backlog|family reunion visa|reception center bed|search and rescue boat|safe third country",
        roles: "refugee caseworker guard smuggler volunteer interpreter",
    },
    Topic {
        nouns: "forest wildfire ranger logging timber wolf species sapling trail poacher canopy habitat beetle firebreak \
                reserve owl conservation lynx peat wildlife hectare moss hunter biodiversity",
        verbs: "log replant conserve poach extinguish tag burn clear hunt monitor",
        adjectives: "endangered wooded protected wild scorched ancient alpine nocturnal invasive unspoiled",
        bodies: "Forest Service|Nature Conservancy|Hunters' Association|Park Authority|Wildlife Trust",
        terms: "nesting season closure|fire watch tower|old growth stand|wolf management plan|illegal logging case",
        roles: "ranger ecologist hunter forester hiker zoologist",
    },
    Topic {
        nouns: "airport flight runway airline pilot passenger luggage hangar terminal cockpit cabin turbulence takeoff jet \
                steward boarding cargo delay helicopter drone airspace fuselage landing noise",
        verbs: "land divert ground board refuel cancel steer charter inspect hijack",
        adjectives: "transatlantic grounded low-cost supersonic domestic delayed jet-lagged airborne duty-free charter",
        bodies: "Aviation Authority|Pilots' Association|Airport Company|Flag Carrier|Air Safety Board",
        terms: "night flight ban|air traffic controller|landing gear fault|baggage handling strike|cabin pressure loss",
        roles: "pilot steward controller mechanic traveler investigator",
    },
    Topic {
        nouns: "tax budget deficit revenue levy audit surplus spending loophole exemption treasury duty income rebate evasion \
                bracket allowance customs invoice accountant shortfall austerity voucher grant",
        verbs: "tax levy audit exempt allocate reimburse overspend itemize balance evade",
        adjectives: "progressive taxable unfunded bloated frugal indirect payable multi-year balanced punitive",
        bodies: "Finance Ministry|Court of Auditors|Taxpayers' League|Budget Committee|Revenue Office",
        terms: "value added tax|tax haven list|mid-year budget review|corporate tax rate|fuel duty freeze",
        roles: "accountant auditor minister taxpayer adviser lobbyist",
    },
    Topic {
        nouns: "police burglary detective suspect robbery patrol fingerprint arrest gang raid handcuff informant stabbing \
                alibi squad gun hostage ransom kidnapping weapon forensics cocaine curfew constable",
        verbs: "arrest patrol question handcuff search raid burgle shoot trace confiscate",
        adjectives: "armed masked undercover wanted violent stolen fatal suspicious forensic unsolved",
        bodies: "Metropolitan Police|Crime Squad|Police Federation|Victims' Fund|Coroner's Office",
        terms: "house to house inquiry|drug trafficking ring|closed circuit footage|knife crime figure|search warrant",
        roles: "detective witness constable victim neighbor informant",
    },
];
