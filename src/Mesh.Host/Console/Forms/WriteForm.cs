using Mesh.Host.Admin.Access;

namespace Mesh.Host.Console.Forms;

/// <summary>A form from somebody who may write.</summary>
public sealed class WriteForm(IFormCollection form, AdminWriter writer)
{
    public string Who => writer.Who;

    /// <summary>For this write where it says so, else for all of them.</summary>
    public string Why => Text("why") is { Length: > 0 } why ? why : writer.Why;

    /// <summary>Without spaces around it; empty when not given.</summary>
    public string Text(string field) => form[field].ToString().Trim();

    /// <summary>Null when empty.</summary>
    public string? Given(string field) => Text(field) is { Length: > 0 } text ? text : null;

    public bool Has(string field, string value) => form[field].Contains(value);
}
