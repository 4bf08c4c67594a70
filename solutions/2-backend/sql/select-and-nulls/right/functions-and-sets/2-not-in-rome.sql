-- coalesce puts a value in NULL's place first. Short, but an index on city cannot help any more.
SELECT id, name FROM customers WHERE coalesce(city, '') <> 'Rome';
