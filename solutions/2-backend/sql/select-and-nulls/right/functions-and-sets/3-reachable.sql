-- nullif turns '' into NULL, so that one question is left.
SELECT id, name FROM customers
WHERE (city = 'Oslo' OR city = 'Rome') AND nullif(email, '') IS NOT NULL;
