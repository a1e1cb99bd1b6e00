namespace Mesh.Host.IaxTester.Conform.Rows;

/// <summary>Makes rows.</summary>
internal static class Row
{
    public static ConformRow Must(string id, string section, RowNeeds needs, string requirement, Func<RowContext, Task> test) => new(id, section, RowLevel.Must, needs, requirement, test);

    public static ConformRow Should(string id, string section, RowNeeds needs, string requirement, Func<RowContext, Task> test) => new(id, section, RowLevel.Should, needs, requirement, test);
}
