-- TODO(learn): one row for each city, with how many customers it has; those without a city are a group too
SELECT city, 1 AS customers FROM customers;
