//! One world for each export interface. The description of a world travels in its `export!` macro, so that a
//! component offers exactly the interfaces that its plugin wires.

pub mod pages {
    wit_bindgen::generate!({
        inline: "package cunshi:sdk-pages; world pages { export cunshi:plugin/pages@1.0.0; }",
        path: "../wit",
        world: "cunshi:sdk-pages/pages",
        with: { "cunshi:plugin/types@1.0.0": crate::wire::imports::cunshi::plugin::types },
        pub_export_macro: true,
    });
    pub use exports::cunshi::plugin::pages::Guest;
}

pub mod queries {
    wit_bindgen::generate!({
        inline: "package cunshi:sdk-queries; world queries { export cunshi:plugin/queries@1.0.0; }",
        path: "../wit",
        world: "cunshi:sdk-queries/queries",
        with: { "cunshi:plugin/types@1.0.0": crate::wire::imports::cunshi::plugin::types },
        pub_export_macro: true,
    });
    pub use exports::cunshi::plugin::queries::Guest;
}

pub mod actions {
    wit_bindgen::generate!({
        inline: "package cunshi:sdk-actions; world actions { export cunshi:plugin/actions@1.0.0; }",
        path: "../wit",
        world: "cunshi:sdk-actions/actions",
        with: { "cunshi:plugin/types@1.0.0": crate::wire::imports::cunshi::plugin::types },
        pub_export_macro: true,
    });
    pub use exports::cunshi::plugin::actions::Guest;
}

pub mod events {
    wit_bindgen::generate!({
        inline: "package cunshi:sdk-events; world events { export cunshi:plugin/events@1.0.0; }",
        path: "../wit",
        world: "cunshi:sdk-events/events",
        with: { "cunshi:plugin/types@1.0.0": crate::wire::imports::cunshi::plugin::types },
        pub_export_macro: true,
    });
    pub use exports::cunshi::plugin::events::Guest;
}

pub mod jobs {
    wit_bindgen::generate!({
        inline: "package cunshi:sdk-jobs; world jobs { export cunshi:plugin/jobs@1.0.0; }",
        path: "../wit",
        world: "cunshi:sdk-jobs/jobs",
        with: { "cunshi:plugin/types@1.0.0": crate::wire::imports::cunshi::plugin::types },
        pub_export_macro: true,
    });
    pub use exports::cunshi::plugin::jobs::Guest;
}

pub mod measures {
    wit_bindgen::generate!({
        inline: "package cunshi:sdk-measures; world measures { export cunshi:plugin/measures@1.0.0; }",
        path: "../wit",
        world: "cunshi:sdk-measures/measures",
        with: { "cunshi:plugin/types@1.0.0": crate::wire::imports::cunshi::plugin::types },
        pub_export_macro: true,
    });
    pub use exports::cunshi::plugin::measures::Guest;
}

pub mod todos {
    wit_bindgen::generate!({
        inline: "package cunshi:sdk-todos; world todos { export cunshi:plugin/todos@1.0.0; }",
        path: "../wit",
        world: "cunshi:sdk-todos/todos",
        with: { "cunshi:plugin/types@1.0.0": crate::wire::imports::cunshi::plugin::types },
        pub_export_macro: true,
    });
    pub use exports::cunshi::plugin::todos::Guest;
}

pub mod upgrade {
    wit_bindgen::generate!({
        inline: "package cunshi:sdk-upgrade; world upgrade { export cunshi:plugin/upgrade@1.0.0; }",
        path: "../wit",
        world: "cunshi:sdk-upgrade/upgrade",
        with: { "cunshi:plugin/types@1.0.0": crate::wire::imports::cunshi::plugin::types },
        pub_export_macro: true,
    });
    pub use exports::cunshi::plugin::upgrade::Guest;
}
