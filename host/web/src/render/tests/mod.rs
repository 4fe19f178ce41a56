//! The look, tested: snapshots of the nodes, hostile texts, big trees, and a gallery to look at.

mod gallery;
mod look;
mod nodes;
mod safety;
mod samples;
mod trees;
