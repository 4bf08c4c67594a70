-- A window counts without grouping: each row knows its group's size, DISTINCT leaves one of each.
SELECT DISTINCT city, COUNT(*) OVER (PARTITION BY city) AS customers FROM customers;
