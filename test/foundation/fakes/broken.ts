// Stands for a program that cannot start.
console.error('a reason from the program');
process.exit(1);
