//! Addresses of pages below their plugin: from a path to a page, and from a link to a path.

use cunshi_contract::Manifest;
use cunshi_contract::manifest::Page;
use cunshi_contract::view::To;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

use crate::runtime::Runtime;

/// What needs no encoding in a segment or a query string (RFC 3986, unreserved).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

impl Runtime {
    /// The page that a path below the plugin's address names (percent-decoded, with or without slashes at
    /// its ends), and the parameters in the path. A segment written out goes before a `{param}`; pages of a
    /// slot have no address.
    pub fn match_route<'a>(manifest: &'a Manifest, path: &str) -> Option<(&'a Page, Map<String, Value>)> {
        let given = segments(path);
        let addressed = manifest.pages.iter().filter(|page| page.slot.is_none());
        let mut best: Option<(usize, &Page, Map<String, Value>)> = None;
        for page in addressed {
            let Some(params) = fit(&page.route, &given) else { continue };
            if best.as_ref().is_none_or(|(least, ..)| params.len() < *least) {
                best = Some((params.len(), page, params));
            }
        }
        best.map(|(_, page, params)| (page, params))
    }

    /// The path below the plugin's address that a link to one of this manifest's pages leads to, with the
    /// query string; none when the page is not there, has no address, or lacks a parameter of its route.
    pub fn route_of(manifest: &Manifest, to: &To) -> Option<String> {
        let page = manifest.page(&to.page).filter(|page| page.slot.is_none())?;
        let mut path = String::new();
        let mut in_path = Vec::new();
        for segment in segments(&page.route) {
            if !path.is_empty() {
                path.push('/');
            }
            match param(segment) {
                None => path.push_str(segment),
                Some(name) => {
                    let value = to.params.get(name).and_then(text).filter(|value| !value.is_empty())?;
                    path.extend(utf8_percent_encode(&value, ENCODED));
                    in_path.push(name);
                }
            }
        }
        let mut mark = '?';
        for (name, value) in to.params.iter().filter(|(name, _)| !in_path.contains(&name.as_str())) {
            let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            for value in values.iter().filter_map(text) {
                path.push(mark);
                mark = '&';
                path.extend(utf8_percent_encode(name, ENCODED));
                path.push('=');
                path.extend(utf8_percent_encode(&value, ENCODED));
            }
        }
        Some(path)
    }
}

fn segments(path: &str) -> Vec<&str> {
    path.split('/').filter(|segment| !segment.is_empty()).collect()
}

fn param(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

fn fit(route: &str, given: &[&str]) -> Option<Map<String, Value>> {
    let wanted = segments(route);
    if wanted.len() != given.len() {
        return None;
    }
    let mut params = Map::new();
    for (wanted, given) in wanted.into_iter().zip(given) {
        match param(wanted) {
            Some(name) => {
                params.insert(name.to_owned(), Value::String((*given).to_owned()));
            }
            None if wanted == *given => {}
            None => return None,
        }
    }
    Some(params)
}

/// A parameter as an address holds it; null is left out.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use cunshi_contract::Manifest;
    use cunshi_contract::view::To;
    use serde_json::json;

    use crate::runtime::Runtime;

    fn manifest() -> Manifest {
        serde_json::from_value(json!({
            "name": "issues", "version": "1.0.0", "title": { "zh": "说事", "en": "Issues" },
            "page": [
                { "name": "board", "route": "", "who": "anyone" },
                { "name": "case", "route": "case/{id}", "who": "anyone" },
                { "name": "new", "route": "case/new", "who": "member" },
                { "name": "home", "who": "anyone", "slot": "home" },
            ],
        }))
        .unwrap()
    }

    fn to(page: &str, params: &serde_json::Value) -> To {
        To { plugin: None, page: page.to_owned(), params: params.as_object().unwrap().clone() }
    }

    #[test]
    fn a_path_finds_its_page_and_parameters() {
        let manifest = manifest();
        let (page, params) = Runtime::match_route(&manifest, "/case/abc").unwrap();
        assert_eq!((page.name.as_str(), params["id"].as_str()), ("case", Some("abc")));
        assert_eq!(Runtime::match_route(&manifest, "case/new/").unwrap().0.name, "new");
        assert_eq!(Runtime::match_route(&manifest, "").unwrap().0.name, "board");
        assert!(Runtime::match_route(&manifest, "case").is_none());
        assert!(Runtime::match_route(&manifest, "home").is_none());
    }

    #[test]
    fn a_link_becomes_an_encoded_path_that_leads_back() {
        let manifest = manifest();
        let link = to("case", &json!({ "id": "榕树 1", "tab": ["a&b", "c"], "page": 2, "none": null }));
        let path = Runtime::route_of(&manifest, &link).unwrap();
        assert_eq!(path, "case/%E6%A6%95%E6%A0%91%201?tab=a%26b&tab=c&page=2");
        assert_eq!(Runtime::route_of(&manifest, &to("board", &json!({}))).unwrap(), "");
    }

    #[test]
    fn a_link_without_its_route_parameter_leads_nowhere() {
        let manifest = manifest();
        for wrong in
            [to("case", &json!({})), to("case", &json!({ "id": "" })), to("home", &json!({})), to("x", &json!({}))]
        {
            assert_eq!(Runtime::route_of(&manifest, &wrong), None);
        }
    }
}
