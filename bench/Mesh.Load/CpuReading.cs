using System.Globalization;

namespace Mesh.Load;

/// <summary>User and system CPU time a process has used so far, from <c>/proc/PID/stat</c> (fields 14 and 15 of proc(5), in hundredths of a second).</summary>
public readonly record struct CpuReading(double User, double System)
{
    private const double TicksPerSecond = 100;

    public double Seconds => User + System;

    public static CpuReading Of(int processId)
    {
        string stat = File.ReadAllText($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/stat");
        // The name in field 2 may hold blanks and brackets: what follows its last bracket is field 3.
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return new CpuReading(Ticks(fields[11]), Ticks(fields[12]));
    }

    public static CpuReading operator -(CpuReading later, CpuReading earlier) => new(later.User - earlier.User, later.System - earlier.System);

    private static double Ticks(string field) => long.Parse(field, CultureInfo.InvariantCulture) / TicksPerSecond;
}
