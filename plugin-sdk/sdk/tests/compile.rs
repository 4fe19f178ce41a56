//! What an author reads when something is missing or mistyped: the line of plugin.toml or texts.toml.

#[test]
fn compile_errors_name_the_line() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
