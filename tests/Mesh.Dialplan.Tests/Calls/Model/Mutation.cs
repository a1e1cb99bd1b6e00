namespace Mesh.Dialplan.Tests.Calls.Model;

/// <summary>A rule taken out, in the model's world and not in the law: what the world would have to be like for the rule not to be there.</summary>
internal enum Mutation
{
    None,
    /// <summary>Every copy of a leg arrives as a leg of its own.</summary>
    WithoutR4,
    /// <summary>Every server dials the unaware peer, as often as its plan says.</summary>
    WithoutR9,
    /// <summary>What the unaware peer sends is taken for a caller's own call.</summary>
    WithoutR3,
    /// <summary>A leg that ended gives its credit back.</summary>
    RefundsTrusted,
}
