//! Which column has which role, so that what speaks for it weighs most in all.

use std::cmp::Reverse;

use super::Role;

/// Weights' sum, and by role the column that has it. The greater one is the better one.
type Given = (i32, Reverse<[u8; Role::ALL.len()]>);

/// No column.
const NONE: u8 = u8::MAX;

/// Gives each column at most one role and each role at most one column, so that the weights' sum
/// is greatest; of equal sums the one that gives earlier roles to earlier columns. A column without
/// a weight for a role cannot have it.
pub(super) fn assign(
    columns: &[usize],
    roles: &[Role],
    weight: impl Fn(usize, Role) -> Option<i32>,
) -> Vec<(usize, Role)> {
    // best[mask]: the best way to give out the roles of `mask`.
    let mut best: Vec<Option<Given>> = vec![None; 1 << roles.len()];
    best[0] = Some((0, Reverse([NONE; Role::ALL.len()])));
    for (at, &column) in (0..NONE).zip(columns) {
        let weights: Vec<_> =
            roles.iter().enumerate().filter_map(|(i, role)| Some((i, weight(column, *role)?))).collect();
        for mask in (0..best.len()).rev() {
            for &(i, weight) in weights.iter().filter(|(i, _)| mask & (1 << i) != 0) {
                if let Some((sum, Reverse(mut given))) = best[mask & !(1 << i)] {
                    given[i] = at;
                    best[mask] = best[mask].max(Some((sum + weight, Reverse(given))));
                }
            }
        }
    }
    let given = best.into_iter().flatten().max().into_iter().flat_map(|(_, Reverse(given))| given);
    roles.iter().zip(given).filter_map(|(role, at)| Some((*columns.get(usize::from(at))?, *role))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ROLES: [Role; 4] = [Role::Code, Role::Error, Role::Message, Role::Summary];

    /// By column and role.
    type Weights = Vec<[Option<i32>; ROLES.len()]>;

    fn given(weights: &Weights) -> Vec<(usize, Role)> {
        let columns: Vec<usize> = (0..weights.len()).collect();
        let at = |role| ROLES.iter().position(|of| *of == role);
        assign(&columns, &ROLES, |column, role| weights[column][at(role)?])
    }

    /// All ways to give these roles out to the columns from `column` on: the sum of each, and by role
    /// the column.
    fn all(weights: &Weights, column: usize, given: [usize; ROLES.len()]) -> Vec<(i32, Reverse<[usize; 4]>)> {
        let Some(row) = weights.get(column) else {
            return vec![(0, Reverse(given))];
        };
        let mut ways = all(weights, column + 1, given);
        for (role, weight) in row.iter().enumerate().filter(|(role, _)| given[*role] == usize::MAX) {
            let Some(weight) = weight else {
                continue;
            };
            let mut given = given;
            given[role] = column;
            ways.extend(
                all(weights, column + 1, given).into_iter().map(|(sum, given)| (sum + weight, given)),
            );
        }
        ways
    }

    proptest! {
        #[test]
        fn it_is_the_best_of_all_ways(
            weights in prop::collection::vec(prop::array::uniform4(prop::option::of(1..9)), 0..6),
        ) {
            let ways = all(&weights, 0, [usize::MAX; 4]);
            let Reverse(best) = ways.into_iter().max().unwrap().1;
            let wanted = ROLES.iter().zip(best).filter(|(_, column)| *column != usize::MAX);
            prop_assert_eq!(given(&weights), wanted.map(|(role, column)| (column, *role)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn of_equal_columns_the_first_has_the_role() {
        let summary = [None, None, None, Some(20)];
        assert_eq!(given(&vec![summary; 3]), [(0, Role::Summary)]);
        let message = [None, None, Some(20), Some(20)];
        assert_eq!(given(&vec![message; 2]), [(0, Role::Message), (1, Role::Summary)]);
        assert_eq!(given(&vec![message]), [(0, Role::Message)]);
        assert_eq!(given(&Vec::new()), []);
    }
}
