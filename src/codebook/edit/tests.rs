use super::*;

const HARBOR: &str = "\
# The harbor and its board.
name = \"Harbor\" # shown in the window
language = \"en\"

[[actors]]
id = \"Board\"
names = [\"Harbor Board\"] # the board

[[actors.officers]]
person = \"Åse Ness\"
titles = [
    \"harbor master\", # since the fire
]

# -------- aliases
[[aliases]]
name = \"Østhavn\"
also = [
    \"East Harbor\",
    \"the East\"
]

# -------- themes
[[themes]]
id = \"cranes\"
label = \"Cranes\"
directions = [\"oppose\", \"support\"]
default_direction = \"support\"
terms = [
    # the old ones
    { term = \"crane\" },
    { term = \"quay\", weight = 0.5 }, # with another
]
";

/// Lines that the second text has and the first has not.
fn new_lines(old: &str, new: &str) -> Vec<String> {
    let old: Vec<&str> = old.lines().collect();
    let mut at = 0;
    let mut found = Vec::new();
    for line in new.lines() {
        if old.get(at) == Some(&line) {
            at += 1;
        } else {
            found.push(line.to_owned());
        }
    }
    assert_eq!(at, old.len(), "lines are lost:\n{new}");
    found
}

#[test]
fn an_actor_stands_behind_the_others_and_before_the_next_heading() {
    let actor = NewActor {
        id: "Ferry".to_owned(),
        names: vec!["“Ferry\n Company”,".to_owned(), "Ferry Company".to_owned()],
        ..NewActor::default()
    };
    let new = add_actor(HARBOR, &actor).unwrap();
    assert_eq!(new_lines(HARBOR, &new), ["[[actors]]", "id = \"Ferry\"", "names = [\"Ferry Company\"]", ""]);
    assert!(new.find("Ferry").unwrap() < new.find("# -------- aliases").unwrap());
    assert_eq!(add_actor(&new, &actor).unwrap_err().to_string(), "there is an actor \"Ferry\" already");
}

#[test]
fn a_name_goes_into_the_list_of_its_actor() {
    let new = add_name(HARBOR, "Board", "the Board").unwrap();
    assert!(new.contains("names = [\"Harbor Board\", \"the Board\"] # the board\n"), "{new}");
    assert_eq!(add_name(&new, "Board", "the Board").unwrap(), new);
    assert_eq!(add_name(HARBOR, "Ferry", "x").unwrap_err().to_string(), "no actor \"Ferry\"");
    assert_eq!(
        add_name(HARBOR, "Board", "Ness, Vik").unwrap_err().to_string(),
        "\"Ness, Vik\" can never match: words on either side of a mark are never one name"
    );
}

#[test]
fn an_alias_goes_to_its_group_or_makes_one() {
    let new = add_alias(HARBOR, "East Harbor", "E. Harbor").unwrap();
    assert!(new.contains("    \"East Harbor\",\n    \"the East\",\n    \"E. Harbor\"\n]\n"), "{new}");
    let new = add_alias(HARBOR, "Vest", "West").unwrap();
    let lines = new_lines(HARBOR, &new);
    assert_eq!(lines, ["[[aliases]]", "name = \"Vest\"", "also = [\"West\"]", "is_name = true", ""]);
    assert_eq!(
        add_alias(&new, "Vest", "the East").unwrap_err().to_string(),
        "\"the East\" stands for \"Østhavn\" already"
    );
    assert_eq!(add_alias(&new, "West", "Vest").unwrap(), new);
}

#[test]
fn a_look_alike_is_the_first_of_its_kind() {
    let new = add_look_alike(HARBOR, "Harbor Choir", None).unwrap();
    assert_eq!(new_lines(HARBOR, &new), ["", "[[look_alikes]]", "phrase = \"Harbor Choir\""]);
    let known = add_look_alike(&new, "Board Game", Some("Board")).unwrap();
    assert_eq!(new_lines(&new, &known), ["", "[[look_alikes]]", "phrase = \"Board Game\"", "actor = \"Board\""]);
    assert!(matches!(add_look_alike(&new, "Ferry", Some("Nobody")), Err(CodebookError::Meaning { .. })));
}

#[test]
fn a_term_is_taken_word_by_word_and_its_weight_can_change() {
    let new = add_term(HARBOR, "cranes", "old | rusty ... <cranes> \"of\" Korea’s", 0.7).unwrap();
    let added = "    { term = \"old rusty cranes of Korea’s\", weight = 0.7 },";
    assert_eq!(new_lines(HARBOR, &new), [added]);
    let heavier = add_term(&new, "cranes", "quay", 0.8).unwrap();
    assert!(heavier.contains("{ term = \"quay\", weight = 0.8 }, # with another\n"), "{heavier}");
    assert_eq!(add_term(HARBOR, "cranes", "| ... |", 1.0).unwrap_err().to_string(), "there is no word in \"| ... |\"");
    assert!(add_term(HARBOR, "cranes", "quay", f32::NAN).is_err());
    assert!(add_term(HARBOR, "boats", "quay", 1.0).is_err());
}

#[test]
fn a_theme_has_its_terms_one_a_line() {
    let terms = ["ferry".to_owned(), "ferry".to_owned(), "night | boat".to_owned()];
    let new =
        add_theme(HARBOR, "boats", "Boats \"by night\"", &terms, &[Direction::Ease, Direction::Maintain]).unwrap();
    let lines = new_lines(HARBOR, &new);
    assert_eq!(lines[..2], ["", "[[themes]]"]);
    assert_eq!(lines[lines.len() - 3..], ["    { term = \"ferry\" },", "    { term = \"night boat\" },", "]"]);
    let theme = Codebook::parse(&new).unwrap().themes.remove(1);
    assert_eq!((theme.label.as_str(), theme.default_direction), ("Boats \"by night\"", Direction::Maintain));
    assert!(add_theme(HARBOR, "boats", "Boats", &terms, &[]).is_err());
}

#[test]
fn entries_in_one_array_and_other_line_ends_stay_as_they_are() {
    let toml = "\u{feff}name = \"x\"\r\nlanguage = \"en\"\r\nactors = [{ id = \"A\", names = [] }]\r\n";
    let new = add_name(toml, "A", "Ann").unwrap();
    assert_eq!(new, toml.replace("[] }", "[\"Ann\"] }"));
    let actor = NewActor { id: "B".to_owned(), ..NewActor::default() };
    let new = add_actor(&new, &actor).unwrap();
    assert!(new.ends_with("}, { id = \"B\", names = [] }]\r\n"), "{new:?}");
    assert!(!new.replace("\r\n", "").contains('\n'));
}

#[test]
fn what_cannot_be_read_is_not_changed() {
    assert_eq!(add_name("name = 1\nlanguage = \"en\"\n", "A", "b").unwrap_err().line(), 1);
}
