//! The words of the help, and how they are set: headings, paragraphs, steps, and samples between them.
//!
//! Keys stand between backticks; a test holds that each is a key of the program.

use egui::text::LayoutJob;
use egui::{Align2, Rect, RichText, Role, Ui, UiBuilder, WidgetInfo, vec2};

use super::Page;
use super::figures::{Figure, figure_ui};
use crate::gui::theme::{self, Theme, size};
use crate::gui::widgets::text_at;

/// Lines are at most this wide, some 80 characters.
const MEASURE: f32 = 600.0;
/// How far the words of a step stand in.
const INDENT: f32 = 22.0;

/// A part of a page.
#[derive(Clone, Copy, Debug)]
pub enum Block {
    Head(&'static str),
    Text(&'static str),
    /// One of several steps, by number.
    Step(usize, &'static str),
    Figure(Figure),
}

use Block::{Head, Step, Text};

/// The parts of a page; the list of keys has none.
pub fn blocks(page: Page) -> &'static [Block] {
    match page {
        Page::Start => START,
        Page::Read => READ,
        Page::Phrases => PHRASES,
        Page::Positions => POSITIONS,
        Page::Compare => COMPARE,
        Page::Briefing => BRIEFING,
        Page::Formats => FORMATS,
        Page::Keys => &[],
    }
}

const START: &[Block] = &[
    Text(
        "Throughline puts news articles side by side in order of date. It marks the wording they share, finds who says what, \
         and shows where a position changes from one date to the next. Each finding leads to its place in the text and says by \
         which rule it was found. From there it becomes a page with its sources, for a briefing.",
    ),
    Head("The first five minutes"),
    Step(1, "Drop articles on the window, or press `Ctrl O`. Paste a text with `Ctrl V`."),
    Step(
        2,
        "Point at a marked phrase: its other places light up and the rest steps back. Click it; then `N` and `P` walk through \
         its places, `J` and `K` through the phrases.",
    ),
    Step(
        3,
        "Look at the dates over the columns. Click one to see what it rests on, and to enter the day if you know it.",
    ),
    Step(4, "Press `Ctrl 3` for Positions. Choose a card and accept the change with `Enter`, or dismiss it with `X`."),
    Step(5, "Press `T` to make a page of what is chosen, and `Ctrl E` to save it as a picture."),
    Head("Good to know"),
    Text(
        "All you do can be taken back with `Ctrl Z`, also after a restart: work is saved as you go. `Ctrl P` finds every \
         command, article and phrase by its words. `A` changes letters, size and colors.",
    ),
    Text(
        "What a rule found is marked as *automatic* until you accept it, an inferred day as *est.* Rules err. Look at the \
         place in the text before you put your name under a finding.",
    ),
];

const READ: &[Block] = &[
    Text(
        "Articles stand in columns in order of date; those without room wait as narrow spines at the side. `]` and `[` go to \
         the next and the previous article with the phrase in focus, `1` to `9` to a column. `B` opens and closes the list.",
    ),
    Head("The line under a phrase says how it comes back"),
    Block::Figure(Figure::Underlines),
    Head("The ground says in how many articles"),
    Block::Figure(Figure::Tints),
    Text(
        "Four phrases at a time have a letter, with a tint and a line of their own. The letter stands in the margin where the \
         mark begins. `Shift 1` gives the phrase in focus the letter A, `Shift 2` B, and so on.",
    ),
    Block::Figure(Figure::Letters),
    Head("Dates say what they rest on"),
    Block::Figure(Figure::Dates),
    Head("Columns as you like them"),
    Text(
        "Six dots over a column move it; the line at its right edge gives it a width, and a double click on the line takes \
         that back. `W` narrows it to a spine, `Shift W` hides it, `O` puts all in order of date again. With `L` columns scroll \
         together, level at the wording they share. `A` changes letters, size, width and colors.",
    ),
    Head("Words of your own choice"),
    Text(
        "Drag over words, or double-click one. `S` makes them a statement, `F` finds them in all articles whatever their case \
         or ending, `Ctrl C` copies them with their source. `H` hides the marks, `U` folds boilerplate away. `I` shows how \
         the article was read.",
    ),
];

const PHRASES: &[Block] = &[
    Text(
        "Each line of the table is a phrase that comes back, each column an article, in order of date. The figure counts its \
         places. A point means that the article was looked through and does not have it.",
    ),
    Block::Figure(Figure::Matrix),
    Text(
        "Under the table stands every place of the chosen phrase, aligned on it, with the date, who published it and whose \
         words they are. Between two places it says what changed around the phrase.",
    ),
    Head("What can be done"),
    Text(
        "A phrase can be renamed, made part of another one, split by its wording, or never matched again. All of it shows at \
         once and can be taken back. `Enter` reads the chosen place in its article, `Ctrl C` copies it with its source.",
    ),
    Text(
        "*Table* lists every place of every phrase in lines that can be sorted by each head, narrowed by speaker, outlet and \
         year, and copied with their sources.",
    ),
];

const POSITIONS: &[Block] = &[
    Text(
        "Themes run down, true time runs across. Each mark is a statement; nothing is drawn between two marks that the texts \
         do not say. Long stretches without an article are folded, and the fold says how much it leaves out.",
    ),
    Head("A mark says how it is told, how firm it is, and which way it points"),
    Block::Figure(Figure::Voices),
    Block::Figure(Figure::Forces),
    Block::Figure(Figure::Signs),
    Head("Cards"),
    Text(
        "A card sets two statements beside each other and names the change: hardened, softened, reframed and so on, with the \
         rule. `]` and `[` go to the next and the previous card. `Enter` accepts it, `X` dismisses it, and `R` goes to the next one nobody \
         looked at. *Not observed* means that an article does not touch the theme; it never means that a position was given \
         up.",
    ),
    Text(
        "Click a mark to see all that is known of the statement: speaker, day, themes, act, force. Each can be corrected, and \
         what you correct outlives every new reading.",
    ),
    Text(
        "The field finds words in what was said, and who said it. *Table* lists the same statements in lines that can be sorted. \
         `Ctrl C` copies what is chosen with its sources.",
    ),
];

const COMPARE: &[Block] = &[
    Text(
        "Two statements, word by word. Where too little is alike, both are shown whole, since single words would then tell \
         nothing.",
    ),
    Head("What the boxes say"),
    Block::Figure(Figure::Words),
    Text(
        "What moved is joined by a ribbon. The sentence below is put together from facts: words kept, the rule, hedges and \
         conditions. `]` and `[` walk through the changes, `Enter` accepts it, `X` dismisses it, `T` makes a page of it.",
    ),
    Head("Whole articles"),
    Text(
        "*Articles* sets two articles beside each other, with ribbons between the wording they share. `N` and `P` walk through \
         it. They scroll together by what they share, unless `L` parts them; a pin at the edge of a paragraph, and another \
         one across, ties two places by hand.",
    ),
    Text(
        "Where they are versions of one text, *Changes* boxes the words that only one of them has, and *Inline* shows both in one \
         text: what went, what came, and what moved.",
    ),
];

const BRIEFING: &[Block] = &[
    Text(
        "At the left the few choices, at the right the exact page. `]` and `[` walk through the findings. The headline says no \
         more than the finding; write your own if you like, and the checks will read it too.",
    ),
    Head("Checks"),
    Text(
        "They pass quietly. One that does not moves to the top and says what to do: a day that was inferred, a quotation that \
         is long, a name you wanted left out. A page can be saved all the same; what is printed on it stays true.",
    ),
    Head("Ways out"),
    Text(
        "Pictures, PDF, slides, web pages, Markdown, tables and citations. `Ctrl E` saves a picture, `Ctrl Shift C` copies it, \
         `Ctrl C` copies the page as text with its sources. E-mail addresses and by-lines stay out unless you want them in.",
    ),
];

const FORMATS: &[Block] = &[
    Head("What can be opened"),
    Text(
        "Text, Markdown, web pages and web archives, PDF with a text layer, Word, OpenDocument, RTF, EPUB, mail, and exports \
         of LexisNexis, Nexis Uni and Factiva, which are split into their articles. Folders are opened with all that is in \
         them. What cannot be read is listed with the reason and what to do.",
    ),
    Head("What is kept, and where"),
    Text(
        "Work without a name is kept in your own data folder and comes back at the next start. `Ctrl S` gives it a name: one \
         file with the articles, what you decided and every step, which you can hand on. Reading settings are yours and not \
         part of it.",
    ),
    Head("What leaves this computer"),
    Text(
        "Nothing. The program opens no connection. Exported files hold no path, user or host name. Files are read by a process \
         of its own, so one that hangs or crashes its reader takes nothing with it.",
    ),
    Head("Codebooks"),
    Text(
        "Actors, themes and the words that speak for them are in a codebook, a plain text file. Choose one in the menu, or \
         select words in Read and add them to it.",
    ),
];

/// Sets the parts of a page one under the other.
pub fn blocks_ui(ui: &mut Ui, theme: &Theme, blocks: &[Block]) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let width = ui.available_width().min(MEASURE);
    for (idx, block) in blocks.iter().enumerate() {
        match block {
            Head(words) => {
                ui.add_space(if idx == 0 { 0.0 } else { 10.0 });
                let label = ui.label(RichText::new(*words).font(theme::sans_bold(size::LABEL)).color(theme.ink));
                label.widget_info(|| WidgetInfo::labeled(Role::Heading, true, *words));
                ui.add_space(6.0);
            }
            Text(words) => {
                words_ui(ui, theme, words, 0.0, width);
                ui.add_space(10.0);
            }
            Step(number, words) => step_ui(ui, theme, *number, words, width),
            Block::Figure(figure) => {
                figure_ui(ui, theme, *figure, width);
                ui.add_space(12.0);
            }
        }
    }
}

fn step_ui(ui: &mut Ui, theme: &Theme, number: usize, words: &str, width: f32) {
    let (size, line) = size::HELP;
    let at = ui.cursor().min + vec2(0.0, line / 2.0);
    text_at(ui.painter(), at, Align2::LEFT_CENTER, &number.to_string(), theme::sans_bold(size), theme.ink2);
    words_ui(ui, theme, words, INDENT, width);
    ui.add_space(6.0);
}

/// Words in lines of at most `width` points, the first of them `indent` points from the left like the others.
fn words_ui(ui: &mut Ui, theme: &Theme, words: &str, indent: f32, width: f32) {
    let min = ui.cursor().min + vec2(indent, 0.0);
    let place = Rect::from_min_size(min, vec2(width - indent, f32::INFINITY));
    let used = ui.scope_builder(UiBuilder::new().max_rect(place), |ui| ui.label(rich(theme, words)).rect).inner;
    ui.advance_cursor_after_rect(used.with_min_x(min.x - indent));
}

/// Words with keys between backticks in bold, and words of the program between stars in medium.
fn rich(theme: &Theme, words: &str) -> LayoutJob {
    let mut job = LayoutJob::default();
    let (size, line) = size::HELP;
    for (is_key, part) in parts(words, '`') {
        for (is_word, part) in parts(part, '*') {
            let (font, color) = match (is_key, is_word) {
                (true, _) => (theme::sans_bold(size), theme.ink),
                (false, true) => (theme::sans_medium(size), theme.ink),
                (false, false) => (theme::sans(size), theme.ink),
            };
            job.append(part, 0.0, theme::format(font, line, color));
        }
    }
    job
}

/// Cuts words at a sign; every second part stands between two of them.
fn parts(words: &str, sign: char) -> impl Iterator<Item = (bool, &str)> {
    words.split(sign).enumerate().map(|(idx, part)| (idx % 2 == 1, part)).filter(|(_, part)| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::action::{self, Action};

    #[test]
    fn every_key_the_help_speaks_of_is_a_key() {
        let known: Vec<String> =
            (action::bindings().iter().map(action::Binding::words)).chain([Action::Paste.keys()]).collect();
        for page in Page::ALL {
            for block in blocks(page) {
                let (Text(words) | Step(_, words)) = block else { continue };
                for (_, key) in parts(words, '`').filter(|(is_key, _)| *is_key) {
                    assert!(known.iter().any(|known| known == key), "{key}, on {}: {known:?}", page.name());
                }
            }
        }
    }

    #[test]
    fn every_page_but_the_keys_has_words() {
        assert!(Page::ALL.into_iter().all(|page| blocks(page).is_empty() == (page == Page::Keys)));
    }
}
