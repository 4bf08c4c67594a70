const print = () => process.stdout.write("x".repeat(8192), print);
print();
