//! The process: what happened, and what comes next.

use cunshi_contract::view::Step;
use maud::{Markup, html};

use super::cell::time;
use super::media::strip;
use super::prose::tone_class;
use crate::render::view::Drawer;

pub(crate) fn timeline(drawer: &Drawer<'_>, steps: &[Step]) -> Markup {
    let cx = drawer.cx;
    html! {
        ol.timeline {
            @for step in steps {
                li.(tone_class(step.tone)).next[step.next] {
                    b {
                        @if step.next { span.unseen { (cx.words().next_step) " " } }
                        (step.title)
                    }
                    @let meta = step.meta.as_deref().filter(|meta| !meta.is_empty());
                    @if step.at.is_some() || meta.is_some() {
                        span.meta {
                            @if let Some(at) = step.at { (time(cx, at)) }
                            @if step.at.is_some() && meta.is_some() { " · " }
                            @if let Some(meta) = meta { (meta) }
                        }
                    }
                    @if let Some(text) = &step.text { p.lines { (text) } }
                    @if !step.images.is_empty() { (strip(cx, &step.images, cx.words().photo)) }
                }
            }
        }
    }
}

pub(crate) fn steps(names: &[String], current: usize) -> Markup {
    html! {
        ol.steps {
            @for (index, name) in names.iter().enumerate() {
                li.past[index < current] aria-current=[(index == current).then_some("step")] { span { (name) } }
            }
        }
    }
}
