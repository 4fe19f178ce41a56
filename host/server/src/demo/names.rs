//! Names as one hears them in the villages of Zigong.

use rand::RngExt;
use rand::rngs::StdRng;

const SURNAMES: [&str; 40] = [
    "刘", "王", "张", "陈", "杨", "李", "黄", "罗", "周", "何", "唐", "曾", "林", "邓", "吴", "赖", "钟", "廖", "余",
    "谢", "胡", "徐", "郑", "宋", "蒋", "雷", "熊", "龚", "虞", "万", "毛", "代", "朱", "易", "兰", "缪", "晏", "漆",
    "但", "江",
];

const OLD_MEN: [&str; 16] = [
    "德贵", "光荣", "国清", "永福", "兴发", "朝华", "世全", "定安", "云山", "玉成", "树林", "正元", "顺清", "忠良",
    "长富", "万和",
];

const OLD_WOMEN: [&str; 16] = [
    "素芳", "秀珍", "桂英", "玉华", "淑清", "正芬", "大珍", "永秀", "德芳", "世琼", "光碧", "仕英", "国芬", "兴玉",
    "朝珍", "友兰",
];

const MEN: [&str; 20] = [
    "建国", "建军", "强", "勇", "平", "刚", "军", "伟", "永刚", "小平", "志明", "洪", "云", "波", "晓东", "成", "福军",
    "泽林", "大春", "永强",
];

const WOMEN: [&str; 20] = [
    "丽", "燕", "霞", "敏", "红梅", "春梅", "小琴", "雪莲", "晓容", "利华", "玉兰", "莉", "建容", "海燕", "素琼",
    "冬梅", "小红", "艳", "永芳", "秋菊",
];

const YOUNG: [&str; 16] = [
    "浩", "鑫", "杰", "婷", "雨欣", "佳怡", "子豪", "俊杰", "思宇", "梦瑶", "文博", "欣悦", "宇航", "诗雨", "家乐",
    "晨曦",
];

/// A generation of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// Grandparents: often without a phone of their own.
    Old,
    /// The middle generation, at home or away for work.
    Middle,
    /// Their children, of age.
    Young,
}

impl Age {
    /// About how many years.
    pub fn years(self) -> u32 {
        match self {
            Self::Old => 71,
            Self::Middle => 45,
            Self::Young => 24,
        }
    }
}

/// A surname.
pub fn surname(chance: &mut StdRng) -> &'static str {
    pick(chance, &SURNAMES)
}

/// A full name of the generation.
pub fn full(chance: &mut StdRng, surname: &str, age: Age, woman: bool) -> String {
    let given = match (age, woman) {
        (Age::Old, false) => pick(chance, &OLD_MEN),
        (Age::Old, true) => pick(chance, &OLD_WOMEN),
        (Age::Middle, false) => pick(chance, &MEN),
        (Age::Middle, true) => pick(chance, &WOMEN),
        (Age::Young, _) => pick(chance, &YOUNG),
    };
    format!("{surname}{given}")
}

/// A full name of the generation, surname and all.
pub fn full_of(chance: &mut StdRng, age: Age) -> String {
    let (surname, woman) = (surname(chance), chance.random_range(0..100) < 35);
    full(chance, surname, age, woman)
}

/// Given names for whoever would be called like somebody else of the village.
const SPARE: [&str; 12] =
    ["思源", "长青", "春林", "文秀", "继先", "雨生", "光明", "世芬", "本立", "清泉", "润兰", "东升"];

/// The name, or another one of the same family where somebody of the village has it already. Takes no chance.
pub fn unlike(taken: &[String], name: String) -> String {
    if !taken.contains(&name) {
        return name;
    }
    let surname: String = name.chars().take(1).collect();
    let mut others = SPARE.iter().map(|given| format!("{surname}{given}"));
    others.find(|other| !taken.contains(other)).unwrap_or(name)
}

/// One of some.
pub fn pick<'a, T: ?Sized>(chance: &mut StdRng, from: &[&'a T]) -> &'a T {
    debug_assert!(!from.is_empty(), "there is something to choose from");
    #[expect(clippy::indexing_slicing, reason = "the index is drawn from the slice's own range")]
    from[chance.random_range(0..from.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_of_a_village_is_called_like_another() {
        let mut taken = vec!["余晓容".to_owned()];
        assert_eq!(unlike(&taken, "余敏".to_owned()), "余敏");
        let other = unlike(&taken, "余晓容".to_owned());
        assert_eq!(other, "余思源");
        taken.push(other);
        assert_eq!(unlike(&taken, "余晓容".to_owned()), "余长青");
    }
}
