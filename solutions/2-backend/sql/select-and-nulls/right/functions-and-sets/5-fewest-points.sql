-- Numbered rows: more to write, and the numbers can be used further.
WITH ranked AS (
    SELECT id, name, points, row_number() OVER (ORDER BY points, name) AS place
    FROM customers WHERE points IS NOT NULL
)
SELECT id, name, points FROM ranked WHERE place <= 3 ORDER BY place;
