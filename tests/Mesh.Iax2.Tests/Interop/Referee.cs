namespace Mesh.Iax2.Tests.Interop;

/// <summary>A test that needs a program of somebody else's: without it the test is skipped, but never where CI says that everything must be there.</summary>
public sealed class RefereeFactAttribute : FactAttribute
{
    public RefereeFactAttribute(string program)
    {
        bool isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
        bool mustBeThere = Environment.GetEnvironmentVariable("CI") is { Length: > 0 };
        if (!isThere && !mustBeThere) Skip = $"{program} is not installed";
    }
}
