using System.Globalization;

namespace Mesh.Load;

/// <summary>User and system CPU time a process has used so far, from <c>/proc/PID/stat</c> (fields 14 and 15 of proc(5), in hundredths of a second).</summary>
public readonly record struct CpuReading(double User, double System)
{
    private const double TicksPerSecond = 100;

    public double Seconds => User + System;

    public static CpuReading Of(int processId)
    {
        string[] fields = Fields(processId);
        return new CpuReading(Ticks(fields[11]), Ticks(fields[12]));
    }

    /// <summary>A process and all that came from it and is alive.</summary>
    public static CpuReading OfTree(int processId)
    {
        var parents = new List<(int Id, int Parent)>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id)) continue;
            try { parents.Add((id, int.Parse(Fields(id)[1], CultureInfo.InvariantCulture))); }
            catch (IOException) { } // it has ended meanwhile
        }
        return Sum(processId);

        CpuReading Sum(int id) => parents.Where(p => p.Parent == id).Aggregate(Of(id), (sum, child) => sum + Sum(child.Id));
    }

    public static CpuReading operator -(CpuReading later, CpuReading earlier) => new(later.User - earlier.User, later.System - earlier.System);

    public static CpuReading operator +(CpuReading one, CpuReading other) => new(one.User + other.User, one.System + other.System);

    /// <summary>The fields from the third on. The name in field 2 may hold blanks and brackets: what follows its last bracket is field 3.</summary>
    private static string[] Fields(int processId)
    {
        string stat = File.ReadAllText($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static double Ticks(string field) => long.Parse(field, CultureInfo.InvariantCulture) / TicksPerSecond;
}
