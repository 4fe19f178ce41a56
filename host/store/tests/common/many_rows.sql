-- 1,000 households with 100 rows each and the sums of two years, beside what is there.
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)
INSERT INTO ledger_entry (space_id, number, id, plugin, whose, holder, kind, amount, balance, reason, is_earned,
    at, posted, text, salt, digest, hash)
SELECT s.space_id, i + 10, 'row' || i, 'points', 'household', 'home' || (i % 1000), 'redeemable', 10, 0, 'award', 1,
    0, 0, 'x', 'x', 'x', 'x'
FROM n, space_state AS s;
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999)
INSERT INTO ledger_account (space_id, whose, kind, holder, balance, held)
SELECT s.space_id, 'household', k.kind, 'home' || i, (i * 7919) % 1000, 0
FROM n, space_state AS s, (SELECT 'base' AS kind UNION SELECT 'redeemable' UNION SELECT 'honour') AS k;
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999),
m (j) AS (SELECT 1 UNION ALL SELECT j + 1 FROM m WHERE j < 12)
INSERT INTO ledger_sum (space_id, whose, span, period, kind, holder, amount, earned)
SELECT s.space_id, w.whose, 'month', y.year || printf('-%02d', j), k.kind, 'home' || i, 10, (i * 7919 + j) % 1000
FROM n, m, space_state AS s, (SELECT 'base' AS kind UNION SELECT 'redeemable') AS k,
    (SELECT '2025' AS year UNION SELECT '2026') AS y, (SELECT 'household' AS whose UNION SELECT 'deeds') AS w;
INSERT INTO ledger_sum (space_id, whose, span, period, kind, holder, amount, earned)
SELECT space_id, whose, 'quarter', '2026-Q3', kind, holder, amount, earned FROM ledger_sum
WHERE span = 'month' AND period = '2026-01';
INSERT INTO ledger_sum (space_id, whose, span, period, kind, holder, amount, earned)
SELECT space_id, whose, 'year', '2026', kind, holder, amount, earned FROM ledger_sum
WHERE span = 'month' AND period = '2026-02';
INSERT INTO ledger_sum (space_id, whose, span, period, kind, holder, amount, earned)
SELECT space_id, whose, 'ever', '', kind, holder, amount, earned FROM ledger_sum
WHERE span = 'month' AND period = '2026-03';
