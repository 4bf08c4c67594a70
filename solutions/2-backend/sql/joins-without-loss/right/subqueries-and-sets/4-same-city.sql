-- Each pair is found twice, put in order, and kept once. More work than a.id < b.id, and the same rows.
SELECT DISTINCT
    CASE WHEN a.id < b.id THEN a.id ELSE b.id END AS first_id,
    CASE WHEN a.id < b.id THEN b.id ELSE a.id END AS second_id
FROM customers AS a, customers AS b
WHERE a.city = b.city AND a.id <> b.id;
