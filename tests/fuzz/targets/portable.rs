//! Lines of a folder that was exported: any line is a decision or a step or neither, and what is one is one again.

#![no_main]

use std::sync::Arc;

use throughline::document::{Document, DocumentId};
use throughline::project::portable::lines::{StepLine, of_decisions, of_step, take_decision};
use throughline::project::{Decisions, Step};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut all = Decisions::default();
    for line in text.lines() {
        take_decision(&mut all, line);
        let Some(step) = StepLine::parse(line) else { continue };
        let document = Arc::new(Document::of_lines(DocumentId(1), ""));
        let command = step.command().and_then(|command| command.try_map(|_| Some(Arc::clone(&document))));
        let Some(command) = command else { continue };
        let again = Step { says: step.says.clone(), at_secs: step.at_secs(), command };
        let line = of_step(step.step, &again, step.done, |_| Some("articles/0001.txt".to_owned()));
        let read = StepLine::parse(&line.expect("a step can be written").expect("all articles have names"));
        let read = read.expect("what was written is a step");
        assert_eq!((read.step, read.done, &read.says, read.at_secs()), (step.step, step.done, &step.says, again.at_secs));
    }
    // A number that no decision of ours holds may be lost on the first way, and nothing after that.
    let there_and_back = |all: &Decisions| {
        let mut back = Decisions::default();
        let lines = of_decisions(all).expect("decisions can be written");
        lines.iter().for_each(|line| _ = take_decision(&mut back, line));
        back
    };
    let back = there_and_back(&all);
    assert_eq!(there_and_back(&back), back);
});
