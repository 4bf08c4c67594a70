SELECT id, name FROM customers WHERE NOT city = 'Rome';
