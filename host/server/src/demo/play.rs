//! The play: the steps of everybody, and the things that steps make and later ones speak of.

use cunshi_model::Micros;
use cunshi_model::clock::MINUTE;
use serde_json::{Map, Value};

use super::pictures::Picture;

/// Everything that happens, in the order of time.
#[derive(Default)]
pub struct Play {
    pub steps: Vec<Step>,
    /// How many things steps make.
    pub things: usize,
}

/// Something that a step makes: a case, a claim, a reservation. Its place in the stage's list.
pub type Thing = usize;

/// The module whose action it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Module {
    Issues,
    Points,
    Notices,
    Jobs,
    Services,
    Diaries,
    Disclosure,
    Profile,
}

impl Module {
    /// Its name in the plugin's manifest.
    pub fn name(self) -> &'static str {
        match self {
            Self::Issues => "issues",
            Self::Points => "points",
            Self::Notices => "notices",
            Self::Jobs => "jobs",
            Self::Services => "services",
            Self::Diaries => "diaries",
            Self::Disclosure => "disclosure",
            Self::Profile => "profile",
        }
    }
}

/// Whose hand it is, by their place in the list of the village, its town or the district.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Villager(usize),
    Office(usize),
    Overseer,
    Admin,
    Town(usize),
    District(usize),
}

impl Who {
    /// Works above the villages.
    pub fn is_above(self) -> bool {
        matches!(self, Self::Town(_) | Self::District(_))
    }
}

/// What a field says of a thing.
#[derive(Clone, Copy, Debug)]
pub enum Part {
    /// Its id.
    Id(Thing),
    /// Its id in the office above, where it has gone up.
    Above(Thing),
    /// The id in the village of what an office above has made known.
    Copy(Thing),
    /// The code that collects it.
    Code(Thing),
}

/// One action of one person.
#[derive(Clone, Debug)]
pub struct Step {
    pub at: Micros,
    pub village: usize,
    pub who: Who,
    /// A villager without a phone, for whom the office enters it.
    pub on_behalf: Option<usize>,
    pub module: Module,
    pub action: &'static str,
    pub fields: Map<String, Value>,
    /// The field that names a thing.
    pub names: Option<(&'static str, Part)>,
    /// What they would take instead, should the village say no.
    pub instead: Option<Part>,
    /// What it makes.
    pub makes: Option<Thing>,
    /// Only while a thing is in one of these states, as far as those who acted on it have heard.
    pub only: Option<(Thing, &'static [&'static str])>,
    pub pictures: Vec<Picture>,
}

impl Step {
    /// An action about what is said.
    pub fn issues(at: Micros, who: Who, action: &'static str, fields: Value) -> Self {
        Self::new(at, who, Module::Issues, action, fields)
    }

    /// An action about points.
    pub fn points(at: Micros, who: Who, action: &'static str, fields: Value) -> Self {
        Self::new(at, who, Module::Points, action, fields)
    }

    /// An action of a module.
    pub fn new(at: Micros, who: Who, module: Module, action: &'static str, fields: Value) -> Self {
        let fields = match fields {
            Value::Object(fields) => fields,
            _ => Map::new(),
        };
        let (on_behalf, names, instead, makes, only, pictures) = (None, None, None, None, None, Vec::new());
        Self { at, village: 0, who, on_behalf, module, action, fields, names, instead, makes, only, pictures }
    }

    /// Speaks of a thing in a field.
    #[must_use]
    pub fn of(mut self, field: &'static str, part: Part) -> Self {
        self.names = Some((field, part));
        self
    }

    /// Or of another one, should the village say no.
    #[must_use]
    pub fn or(mut self, part: Part) -> Self {
        self.instead = Some(part);
        self
    }

    /// Makes a thing.
    #[must_use]
    pub fn makes(mut self, thing: Thing) -> Self {
        self.makes = Some(thing);
        self
    }

    /// Only while a thing is in one of some states.
    #[must_use]
    pub fn only_while(mut self, thing: Thing, states: &'static [&'static str]) -> Self {
        self.only = Some((thing, states));
        self
    }

    /// For a villager without a phone.
    #[must_use]
    pub fn for_villager(mut self, villager: Option<usize>) -> Self {
        self.on_behalf = villager;
        self
    }

    /// With photos, or one where there is one.
    #[must_use]
    pub fn shows(mut self, pictures: impl IntoIterator<Item = Picture>) -> Self {
        self.pictures = pictures.into_iter().collect();
        self
    }
}

/// Some steps that belong together, as they are written: each later than the one before.
pub struct Thread {
    village: usize,
    /// The case, in a thread about one.
    case: Option<Thing>,
    /// When the last step was.
    pub at: Micros,
    steps: Vec<Step>,
}

impl Play {
    /// A thread of a village, to be written and then kept.
    pub fn thread(village: usize) -> Thread {
        Thread { village, case: None, at: 0, steps: Vec::new() }
    }

    /// A thread about a new case.
    pub fn case(&mut self, village: usize) -> Thread {
        Thread { case: Some(self.thing()), ..Self::thread(village) }
    }

    /// A new thing, for a step to make.
    pub fn thing(&mut self) -> Thing {
        self.things += 1;
        self.things - 1
    }

    /// Takes a thread that is written.
    pub fn keep(&mut self, thread: Thread) {
        self.steps.extend(thread.steps);
    }

    /// What happened until now, in the order of time. Steps of one instant stay in the order in which they were
    /// written.
    pub fn until(&mut self, now: Micros) {
        self.steps.retain(|step| step.at <= now);
        self.steps.sort_by_key(|step| step.at);
    }
}

impl Thread {
    /// One more step on the case; a time that is not after the step before is moved behind it.
    pub fn step(&mut self, at: Micros, who: Who, action: &'static str, fields: Value) {
        self.say(Step::issues(at, who, action, fields));
    }

    /// The same for a step with a photo, or for somebody else.
    pub fn say(&mut self, mut step: Step) {
        match (self.case, step.action, step.who) {
            (None, ..) => {}
            (Some(case), "report", _) => step.makes = Some(case),
            (Some(case), _, Who::Town(_)) => step.names = Some(("case", Part::Above(case))),
            (Some(case), ..) => step.names = Some(("case", Part::Id(case))),
        }
        self.add(step);
    }

    /// One more step, moved behind the one before when it is not after it.
    pub fn add(&mut self, step: Step) {
        self.at = step.at.max(self.at + 2 * MINUTE);
        self.steps.push(Step { at: self.at, village: self.village, ..step });
    }

    /// The step that was written last.
    pub fn last(&mut self) -> Option<&mut Step> {
        self.steps.last_mut()
    }

    /// The last step comes with a photo.
    pub fn with_photo(&mut self, picture: Picture) {
        if let Some(step) = self.last() {
            step.pictures = vec![picture];
        }
    }
}
