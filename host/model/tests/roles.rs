//! Who is let in where.

use cunshi_contract::manifest::{Audience, Who};
use cunshi_model::{Role, Roles, SpaceCode};

#[test]
fn an_admin_may_do_what_a_cadre_may_but_not_what_a_supervisor_may() {
    let admin = Roles::granted([Role::Admin]);
    assert!(admin.meets(&Audience::One(Who::Cadre)));
    assert!(admin.meets(&Audience::One(Who::Member)));
    assert!(!admin.meets(&Audience::One(Who::Supervisor)));
}

#[test]
fn an_officer_is_a_cadre_in_the_own_office_and_a_guest_in_the_villages() {
    let officer = Roles::granted([Role::Officer]);
    assert!(!officer.meets(&Audience::One(Who::Cadre)));
    assert!(!officer.meets(&Audience::One(Who::Member)));
    assert!(officer.meets(&Audience::Any(vec![Who::Cadre, Who::Officer])));
    assert!(officer.in_own_office().meets(&Audience::One(Who::Cadre)));
}

#[test]
fn a_visitor_has_nothing_but_what_is_for_anyone() {
    for who in [Who::Member, Who::Cadre, Who::Supervisor, Who::Admin, Who::Officer] {
        assert!(!Roles::NONE.meets(&Audience::One(who)), "{who:?}");
    }
    assert!(Roles::NONE.meets(&Audience::One(Who::Anyone)));
    assert_eq!(Roles::NONE.in_own_office(), Roles::NONE);
}

#[test]
fn codes_of_towns_and_districts_are_filled_up() {
    assert_eq!("510303108".parse::<SpaceCode>().expect("a town").as_str(), "510303108000");
    assert_eq!("510303".parse::<SpaceCode>().expect("a district").as_str(), "510303000000");
    for wrong in ["", "51030310800", "51030310800x", "５１０３０３１０８００１", "5103031080010"] {
        assert!(wrong.parse::<SpaceCode>().is_err(), "{wrong}");
    }
}
