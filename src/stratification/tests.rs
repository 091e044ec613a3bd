//! The laws of a split.

use proptest::prelude::*;

use super::*;

/// Documents by chance: some labels each, some of them in groups.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let labels = prop::collection::btree_map(0_u32..8, 1_u32..5, 0..4);
    let row = (labels, prop::option::weighted(0.3, 0_u32..6));
    prop::collection::vec(row, 4..60).prop_map(|rows| {
        let row = |(number, (labels, group)): (u32, (_, Option<u32>))| Row {
            labels: std::collections::BTreeMap::into_iter(labels).collect(),
            group: group.map_or(number, |group| 1_000 + group),
            kept: None,
        };
        (0..).zip(rows).map(row).collect()
    })
}

fn split(rows: &[Row], wanted: &[u64], seed: u64) -> (Units, Split) {
    let units = Units::new(rows, 8).unwrap();
    let split = Split::stratified(&units, wanted, seed, Effort::LITTLE);
    (units, split)
}

proptest! {
    #[test]
    fn groups_stay_whole_and_sizes_are_what_they_can_be(rows in rows(), seed: u64, share in 1_u64..10) {
        let total = rows.len() as u64;
        let test = total * share / 10;
        let wanted = [test, total - test];
        let (units, split) = split(&rows, &wanted, seed);
        let mut groups = std::collections::BTreeMap::new();
        let mut sizes = [0; 2];
        for (document, row) in rows.iter().enumerate() {
            let set = split.of(&units, document);
            sizes[set] += 1;
            prop_assert_eq!(*groups.entry(row.group).or_insert(set), set);
        }
        prop_assert_eq!(sizes.to_vec(), Split::sizes(&units, &wanted));
        let singles = (0..units.len()).filter(|unit| units.sizes[*unit] == 1).count() as u64;
        if singles >= units.largest() {
            // Single documents make up for what groups leave.
            prop_assert_eq!(sizes[0], test);
        }
        let spread = split.spread(&units);
        prop_assert_eq!(&spread.sizes, &sizes.to_vec());
    }

    #[test]
    fn a_seed_makes_one_split(rows in rows(), seed: u64) {
        let wanted = [rows.len() as u64 / 4, rows.len() as u64 - rows.len() as u64 / 4];
        prop_assert_eq!(split(&rows, &wanted, seed).1, split(&rows, &wanted, seed).1);
    }

    #[test]
    fn what_is_settled_stays(rows in rows(), seed: u64, sets in prop::collection::vec(prop::option::of(0_usize..2), 60)) {
        let mut rows = rows;
        for (number, row) in rows.iter_mut().enumerate() {
            row.group = u32::try_from(number).unwrap();
            row.kept = sets[number];
        }
        let wanted = [rows.len() as u64 / 3, rows.len() as u64 - rows.len() as u64 / 3];
        let (units, split) = split(&rows, &wanted, seed);
        for (document, row) in rows.iter().enumerate() {
            prop_assert!(row.kept.is_none_or(|set| set == split.of(&units, document)));
        }
    }

    #[test]
    fn folds_are_of_one_size(rows in rows(), seed: u64, folds in 2_u64..5) {
        let mut rows = rows;
        for (number, row) in rows.iter_mut().enumerate() {
            row.group = u32::try_from(number).unwrap();
        }
        let total = rows.len() as u64;
        let wanted: Vec<u64> = (0..folds).map(|fold| total / folds + u64::from(fold < total % folds)).collect();
        let (units, split) = split(&rows, &wanted, seed);
        prop_assert_eq!(split.spread(&units).sizes, wanted);
    }

    #[test]
    fn the_search_makes_nothing_worse(rows in rows(), seed: u64) {
        let units = Units::new(&rows, 8).unwrap();
        let wanted = [rows.len() as u64 / 4, rows.len() as u64 - rows.len() as u64 / 4];
        let mut random = Random::new(seed);
        let order: Vec<usize> = (0..units.len()).collect();
        let mut assigned = start(&units, &wanted, &room_for(&units, &wanted), &order, &mut random);
        let before = Tally::of(&units, 2, &assigned);
        let objective = objective::Objective::new(&units, &before.sizes, objective::STRICT);
        search::improve(&units, &before.sizes, &mut assigned, Effort::LITTLE, &mut random);
        let after = Tally::of(&units, 2, &assigned);
        prop_assert_eq!(&before.sizes, &after.sizes);
        prop_assert!(objective.of(&after) <= objective.of(&before));
    }
}

/// Documents with one label each, so many of each label.
fn classes(counts: &[u32]) -> Vec<Row> {
    let labels = (0..)
        .zip(counts)
        .flat_map(|(label, count)| (0..*count).map(move |_| label));
    let row = |(group, label)| Row {
        labels: vec![(label, 1)],
        group,
        kept: None,
    };
    (0..).zip(labels).map(row).collect()
}

#[test]
fn each_class_gets_its_share() {
    let rows = classes(&[50, 30, 20]);
    let (units, split) = split(&rows, &[20, 80], 3);
    let spread = split.spread(&units);
    let documents: Vec<_> = spread
        .labels
        .iter()
        .map(|label| label.documents.clone())
        .collect();
    assert_eq!(documents[..3], [vec![10, 40], vec![6, 24], vec![4, 16]]);
    assert!(spread.measures.label_distribution < 1e-9);
}

#[test]
fn rare_labels_are_on_both_sides_where_they_can_be() {
    let rows = classes(&[80, 4, 3, 2, 1]);
    let (units, split) = split(&rows, &[9, 81], 0);
    let spread = split.spread(&units);
    let test: Vec<u64> = spread
        .labels
        .iter()
        .map(|label| label.documents[0])
        .collect();
    // Four documents: two on each side. Three and two: one at least. One: in Train.
    assert_eq!(test[1..5], [2, 1, 1, 0]);
}

#[test]
fn measures_are_those_of_the_field() {
    // 8 documents, of which 4 have A and 2 have both; Test has 2 of them, one with both.
    let both = vec![(0, 1), (1, 3)];
    let labels = [
        both.clone(),
        vec![],
        both,
        vec![(0, 2)],
        vec![(0, 1)],
        vec![],
        vec![],
        vec![],
    ];
    let rows: Vec<Row> = (0..)
        .zip(labels)
        .map(|(group, labels)| Row {
            labels,
            group,
            kept: None,
        })
        .collect();
    let units = Units::new(&rows, 2).unwrap();
    let split = Split::given(vec![0, 0, 1, 1, 1, 1, 1, 1], 2);
    let found = split.spread(&units).measures;
    // A: odds 4/4; in Test 1/1, in Train 3/3. B: odds 2/6; in Test 1/1, in Train 1/5.
    let expected = f64::midpoint(0.0, f64::midpoint(1.0 - 1.0 / 3.0, 1.0 / 3.0 - 0.2));
    assert!((found.label_distribution - expected).abs() < 1e-12);
    // The one pair is as B.
    assert!((found.pair_distribution - 2.0 * expected).abs() < 1e-12);
    // Of A 1 of 4 documents is in Test, as of all; of B 1 of 2.
    assert!((found.documents - 0.125).abs() < 1e-12);
    assert!((found.most_documents - 0.25).abs() < 1e-12);
    // Of A 1 of 5 instances, of B 3 of 6.
    assert!((found.instances - f64::midpoint(0.05, 0.25)).abs() < 1e-12);
    assert_eq!(found.absent, 0);
}

#[test]
fn documents_of_a_group_that_are_settled_apart_are_told() {
    let mut rows = classes(&[4]);
    for row in &mut rows {
        row.group = 7;
    }
    rows[1].kept = Some(0);
    rows[3].kept = Some(1);
    assert_eq!(
        Units::new(&rows, 1).unwrap_err(),
        Straddling { documents: (1, 3) }
    );
}

#[test]
fn a_seed_makes_the_same_split_on_every_machine_and_in_every_version() {
    let mut random = Random::new(1);
    let mut row = |group: u32| {
        let labels = (0..6).filter(|_| random.below(3) == 0);
        let labels: Vec<u32> = labels.collect();
        let labels = labels.into_iter().map(|label| (label, 1 + label % 3));
        Row {
            labels: labels.collect(),
            group: group / 2 * 2 + group % 3 / 2,
            kept: None,
        }
    };
    let rows: Vec<Row> = (0..40).map(&mut row).collect();
    let (units, split) = split(&rows, &[10, 30], 7);
    let test: Vec<usize> = (0..40).filter(|it| split.of(&units, *it) == 0).collect();
    assert_eq!(test, [0, 1, 4, 9, 17, 22, 30, 31, 32, 35]);
}

#[test]
fn too_many_pairs_are_left_out_and_each_label_keeps_its_share() {
    let labels: Vec<(u32, u32)> = (0..6_400).map(|label| (label, 1)).collect();
    let row = |group| Row {
        labels: if group % 2 == 0 {
            labels.clone()
        } else {
            Vec::new()
        },
        group,
        kept: None,
    };
    let rows: Vec<Row> = (0..4).map(row).collect();
    let units = Units::new(&rows, labels.len()).unwrap();
    assert!(units.has_no_pairs());
    let split = Split::stratified(&units, &[2, 2], 0, Effort::LITTLE);
    let spread = split.spread(&units);
    assert!(spread.labels.iter().all(|label| label.documents == [1, 1]));
    assert!(!Units::new(&rows[1..2], 1).unwrap().has_no_pairs());
}

#[test]
fn instances_keep_their_share_where_all_documents_have_all_labels() {
    let row = |group: u32| Row {
        labels: vec![(0, 1 + group), (1, 20 - group)],
        group,
        kept: None,
    };
    let rows: Vec<Row> = (0..20).map(row).collect();
    let (units, split) = split(&rows, &[4, 16], 0);
    let spread = split.spread(&units);
    // 210 instances of each, of which a fifth is 42.
    assert_eq!(spread.labels[0].instances, [42, 168]);
    assert_eq!(spread.labels[1].instances, [42, 168]);
}

#[test]
fn a_set_without_documents_counts_for_nothing() {
    let units = Units::new(&classes(&[6, 6]), 2).unwrap();
    let assigned: Vec<usize> = (0..12).map(|unit| usize::from(unit > 3)).collect();
    let two = Split::given(assigned.clone(), 2).spread(&units).measures;
    let three = Split::given(assigned, 3).spread(&units).measures;
    assert!(two.documents > 0.1);
    assert_eq!(two, three);
}
