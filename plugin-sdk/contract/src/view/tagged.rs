//! Reading an enum whose tag stands among its fields, `{"node": "text", "text": "…"}`, without copying the fields first.
//!
//! serde's own reader of such enums keeps all fields aside until it has met the tag. Writers put the tag first (ours
//! always do), so that the fields can be read as they come; only where it stands later are they kept aside.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::CowStrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IntoDeserializer, MapAccess, VariantAccess, Visitor,
};
use serde::{Deserialize, forward_to_deserialize_any};
use serde_json::{Map, Value};

/// An enum of structs that is written and read with its tag among the fields.
macro_rules! tagged {
    ($(#[$meta:meta])* pub enum $name:ident as $tag:literal { $($variants:tt)* }) => {
        $(#[$meta])*
        #[serde(tag = $tag, rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
        pub enum $name { $($variants)* }

        const _: () = {
            type Read = $name;

            /// The same with its tag around the fields, as which it is read.
            #[derive(serde::Deserialize)]
            #[serde(remote = "Read", rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
            #[allow(dead_code, missing_docs, reason = "it stands for the other, which has the texts")]
            enum Around { $($variants)* }

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    struct Reader;

                    impl tagged::Around for Reader {
                        type Value = $name;

                        fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                            Around::deserialize(deserializer)
                        }
                    }

                    tagged::read::<Reader, D>($tag, deserializer)
                }
            }
        };
    };
}

/// How an enum is read with its tag around the fields.
pub(super) trait Around {
    /// The enum.
    type Value;

    /// Reads it.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self::Value, D::Error>;
}

/// Reads an enum with its tag among the fields.
pub(super) fn read<'de, A: Around, D: Deserializer<'de>>(
    tag: &'static str,
    deserializer: D,
) -> Result<A::Value, D::Error> {
    deserializer.deserialize_map(Among { tag, around: std::marker::PhantomData::<A> })
}

struct Among<A> {
    tag: &'static str,
    around: std::marker::PhantomData<A>,
}

/// A string that is borrowed where the text has it as it is.
#[derive(Deserialize)]
struct Word<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de, A: Around> Visitor<'de> for Among<A> {
    type Value = A::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with `{}`", self.tag)
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<A::Value, M::Error> {
        let Some(Word(first)) = map.next_key()? else { return Err(M::Error::missing_field(self.tag)) };
        if first == self.tag {
            let Word(variant) = map.next_value()?;
            return A::read(Variant { variant, fields: map });
        }
        let mut fields = Map::new();
        fields.insert(first.into_owned(), map.next_value()?);
        while let Some((key, value)) = map.next_entry::<String, Value>()? {
            fields.insert(key, value);
        }
        let Some(variant) = fields.remove(self.tag) else { return Err(M::Error::missing_field(self.tag)) };
        let Value::String(variant) = variant else {
            return Err(M::Error::custom(format!("`{}` is a string", self.tag)));
        };
        A::read(Value::Object(Map::from_iter([(variant, Value::Object(fields))]))).map_err(M::Error::custom)
    }
}

/// What is left of an object whose tag has been read.
struct Variant<'de, M> {
    variant: Cow<'de, str>,
    fields: M,
}

impl<'de, M: MapAccess<'de>> Deserializer<'de> for Variant<'de, M> {
    type Error = M::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, M::Error> {
        visitor.visit_enum(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de, M: MapAccess<'de>> EnumAccess<'de> for Variant<'de, M> {
    type Error = M::Error;
    type Variant = Fields<M>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Fields<M>), M::Error> {
        let name: CowStrDeserializer<'_, M::Error> = self.variant.into_deserializer();
        Ok((seed.deserialize(name)?, Fields(self.fields)))
    }
}

/// The fields of a struct, to be read as they come.
struct Fields<M>(M);

impl<'de, M: MapAccess<'de>> VariantAccess<'de> for Fields<M> {
    type Error = M::Error;

    fn unit_variant(self) -> Result<(), M::Error> {
        Err(M::Error::custom("every variant has fields"))
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, _: S) -> Result<S::Value, M::Error> {
        Err(M::Error::custom("every variant has named fields"))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, M::Error> {
        Err(M::Error::custom("every variant has named fields"))
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, M::Error> {
        visitor.visit_map(self.0)
    }
}

#[cfg(test)]
mod tests {
    use crate::view::Node;

    #[test]
    fn the_tag_may_stand_anywhere_and_only_once() {
        let read = |json: &str| serde_json::from_str::<Node>(json);
        let text = Node::Text { text: "三组路灯不亮".to_owned(), quiet: true };
        for json in [
            r#"{"node":"text","text":"三组路灯不亮","quiet":true}"#,
            r#"{"text":"三组路灯不亮","node":"text","quiet":true}"#,
            r#"{"text":"三组路灯不亮","quiet":true,"node":"text"}"#,
            r#"{"node":"t\u0065xt","text":"三组路灯不亮","quiet":true}"#,
        ] {
            assert_eq!(read(json).ok().as_ref(), Some(&text), "{json}");
        }
        for (json, why) in [
            (r#"{"text":"x"}"#, "missing field `node`"),
            ("{}", "missing field `node`"),
            (r#"{"node":"script","text":"x"}"#, "unknown variant `script`"),
            (r#"{"node":7,"text":"x"}"#, "invalid type"),
            (r#"{"text":"x","node":7}"#, "`node` is a string"),
            (r#"{"node":"text"}"#, "missing field `text`"),
            (r#"{"node":"text","text":"x","colour":"red"}"#, "unknown field `colour`"),
            (r#"{"text":"x","node":"text","colour":"red"}"#, "unknown field `colour`"),
            (r#"{"node":"text","text":"x","node":"text"}"#, "unknown field `node`"),
            ("[]", "an object with `node`"),
        ] {
            let error = read(json).map(|node| format!("{node:?}")).unwrap_err().to_string();
            assert!(error.contains(why), "{json}: {error}");
        }
    }

    #[test]
    fn what_was_written_is_read() {
        let inner = Node::Text { text: "底".to_owned(), quiet: false };
        let node = Node::Section { title: Some("村民说事".to_owned()), more: None, body: vec![inner] };
        let json = serde_json::to_string(&node).unwrap();
        assert!(json.starts_with(r#"{"node":"section""#), "{json}");
        assert_eq!(serde_json::from_str::<Node>(&json).unwrap(), node);
        assert_eq!(serde_json::from_value::<Node>(serde_json::to_value(&node).unwrap()).unwrap(), node);
    }
}
