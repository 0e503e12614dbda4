//! What holds for setting itself, whatever the page.

use super::*;

#[test]
fn type_is_as_large_on_every_number_of_pixels() {
    assert_eq!(PageSize::FULL_HD.points(), (960.0, 540.0));
    assert_eq!(PageSize::ULTRA_HD.points(), (960.0, 540.0));
    let points = |width, height| PageSize::new(width, height).map(PageSize::points);
    assert_eq!(points(1280, 800), Some((960.0, 600.0)));
    assert_eq!(points(1080, 1920), Some((960.0, 1_706.666_666_666_666_7)));
    assert_eq!(points(3440, 1440), Some((1290.0, 540.0)));
}

#[test]
fn sizes_no_picture_can_have_are_refused() {
    for (width, height) in [(0, 1080), (319, 1080), (1920, 8193), (u32::MAX, 1)] {
        assert_eq!(PageSize::new(width, height), None);
    }
    assert!(PageSize::new(320, 8192).is_some());
}

#[test]
fn no_briefing_is_no_page() {
    let set = typeset(&[], None, &Templates::built_in(), PageSize::FULL_HD, &Fonts::shipped());
    assert_eq!(set.err(), Some(TypesetError::Empty));
}

#[test]
fn faults_are_told_with_their_place_and_hints() {
    let error = TypesetError::Template {
        file: "shift-wide.typ".to_owned(),
        line: Some(12),
        column: Some(3),
        message: "unknown variable: hedline".to_owned(),
        hints: vec!["look at the spelling".to_owned()],
    };
    let told = "shift-wide.typ, line 12, column 3: unknown variable: hedline. Hint: look at the spelling";
    assert_eq!(error.to_string(), told);
}
