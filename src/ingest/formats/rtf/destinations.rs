//! Where the words of an RTF group go: most destinations hold no words of the text.

/// What a group holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Destination {
    #[default]
    Body,
    /// Nothing that is read.
    Nothing,
    Fonts,
    Styles,
    Title,
    Author,
    Created,
    Modified,
    /// A foot- or endnote.
    Note,
    /// Text inside a drawing.
    TextBox,
}

/// What a control word at the start of a group makes of it; `None` where the word is no destination.
///
/// `outer` is what holds the group. Inside what is not read nothing is, except the file's description of itself.
pub(super) fn of_word(word: &str, outer: Destination) -> Option<Destination> {
    let found = match word {
        "fonttbl" => Destination::Fonts,
        "stylesheet" => Destination::Styles,
        "title" => Destination::Title,
        "author" => Destination::Author,
        "creatim" => Destination::Created,
        "revtim" => Destination::Modified,
        "footnote" => Destination::Note,
        "shptxt" | "dptxbxtext" => Destination::TextBox,
        _ if IGNORED.contains(&word) => Destination::Nothing,
        _ => return None,
    };
    Some(if outer == Destination::Nothing && !is_info(word) { Destination::Nothing } else { found })
}

/// Destinations marked as optional that hold groups with words: drawings.
pub(super) fn is_frame(word: &str) -> bool {
    matches!(word, "shpinst" | "do" | "result" | "fldrslt")
}

/// Fields of the file's own description, which stand inside a group that is passed over else.
fn is_info(word: &str) -> bool {
    matches!(word, "title" | "author" | "creatim" | "revtim")
}

/// Destinations without words of the text, that may come without the mark for "leave out what you do not know".
const IGNORED: &[&str] = &[
    "aftncn",
    "aftnsep",
    "aftnsepc",
    "annotation",
    "atnauthor",
    "atndate",
    "atnicn",
    "atnid",
    "atnparent",
    "atnref",
    "atntime",
    "atrfend",
    "atrfstart",
    "background",
    "bkmkend",
    "bkmkstart",
    "blipuid",
    "buptim",
    "category",
    "colorschememapping",
    "colortbl",
    "comment",
    "company",
    "datafield",
    "datastore",
    "doccomm",
    "docvar",
    "falt",
    "filetbl",
    "fldinst",
    "fname",
    "fontemb",
    "fontfile",
    "footer",
    "footerf",
    "footerl",
    "footerr",
    "ftncn",
    "ftnsep",
    "ftnsepc",
    "generator",
    "header",
    "headerf",
    "headerl",
    "headerr",
    "hlinkbase",
    "info",
    "keycode",
    "keywords",
    "latentstyles",
    "levelnumbers",
    "leveltext",
    "linkval",
    "listlevel",
    "listname",
    "listoverridetable",
    "listpicture",
    "listtable",
    "listtext",
    "manager",
    "mmathPr",
    "nonesttables",
    "nonshppict",
    "objclass",
    "objdata",
    "objname",
    "objsect",
    "operator",
    "panose",
    "pgptbl",
    "pict",
    "picprop",
    "pn",
    "pnseclvl",
    "pntext",
    "pntxta",
    "pntxtb",
    "printim",
    "private",
    "propname",
    "revtbl",
    "rsidtbl",
    "rxe",
    "shppict",
    "shprslt",
    "sp",
    "staticval",
    "stylesheet",
    "subject",
    "tc",
    "tcn",
    "template",
    "themedata",
    "txe",
    "upr",
    "userprops",
    "wgrffmtfilter",
    "windowcaption",
    "xe",
    "xmlnstbl",
];
