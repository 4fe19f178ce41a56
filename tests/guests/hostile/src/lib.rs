//! A plugin that misbehaves on purpose: it spins, takes memory, and floods the outbox, each after it has
//! written something that must not stay.

cunshi_sdk::plugin!();

use cunshi_sdk::prelude::*;

struct Hostile;

/// Something written by a call that never ends well.
#[document("mark")]
struct Mark {
    kind: String,
}

fn marks(cx: &mut Write) -> Result<()> {
    cx.insert(&Mark { kind: "written".to_owned() })?;
    Ok(())
}

fn spin() -> ! {
    let mut turns = 0_u64;
    loop {
        turns = std::hint::black_box(turns.wrapping_add(1));
    }
}

impl Plugin for Hostile {
    fn spin(_cx: &Read) -> Result<Value> {
        spin()
    }

    fn kept(cx: &Read) -> Result<Value> {
        let count = |kind: &str| cx.data::<Mark>().by("by_kind").eq(kind).count();
        Ok(json!({ "marks": count("written")?, "heard": count("heard")? }))
    }

    fn spin_after_write(cx: &mut Write) -> Result<Outcome> {
        marks(cx)?;
        spin()
    }

    fn alloc(cx: &mut Write) -> Result<Outcome> {
        marks(cx)?;
        let mut taken = Vec::new();
        loop {
            taken.push(std::hint::black_box(vec![1_u8; 1 << 20]));
        }
    }

    fn flood(cx: &mut Write) -> Result<Outcome> {
        marks(cx)?;
        for nth in 0_u64.. {
            cx.send(Send::new("hostile.noise/1", nth.to_string()).payload(json!({ "nth": nth })))?;
        }
        Ok(Outcome::done())
    }

    fn hear_noise(cx: &mut Write, _event: Event) -> Result<()> {
        cx.insert(&Mark { kind: "heard".to_owned() })?;
        Ok(())
    }
}

export!(Hostile);
