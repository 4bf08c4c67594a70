SELECT id, name FROM customers WHERE coalesce(email, '') = '';
