namespace Mesh.Host.Registrar;

public enum BindingChangeKind : byte
{
    /// <summary>New, or different in more than a refresh changes.</summary>
    Put,
    /// <summary>The same place again: only when it lapses and what the last request was.</summary>
    Refresh,
    Remove,
}

/// <summary>One row to write. For <see cref="BindingChangeKind.Remove"/> the binding is the one to go.</summary>
public readonly record struct BindingChange(BindingChangeKind Kind, Binding Binding);
