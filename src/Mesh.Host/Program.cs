Console.WriteLine("mesh");
return 0;
