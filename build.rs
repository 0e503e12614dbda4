//! Gives the programs for Windows their icon, version and manifest; on other systems there is nothing to do.
//!
//! The manifest says what Windows must know before the first line runs: sharp on every screen, paths longer than 260
//! characters, UTF-8 as the code page of the process.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=assets/windows");
    #[cfg(windows)]
    windows_resources();
}

#[cfg(windows)]
fn windows_resources() {
    let mut resource = winresource::WindowsResource::new();
    resource
        .set_icon("assets/windows/throughline.ico")
        .set_icon_with_id("assets/windows/project.ico", "2")
        .set_manifest_file("assets/windows/throughline.manifest")
        .set("ProductName", "Throughline")
        .set("FileDescription", "Throughline")
        .set("LegalCopyright", "The Throughline authors; MIT or Apache-2.0");
    if let Err(error) = resource.compile() {
        // A program without them runs, so a machine without a resource compiler still builds.
        println!("cargo::warning=no icon, version and manifest in the program: {error}");
    }
}
