using Mesh.Media.Sounds;

namespace Mesh.Dialplan.Calls;

/// <summary>What a caller from outside hears in place of all the plan would do, because somebody has switched the number to sorry.</summary>
/// <param name="Sound">Heard once, then the call ends.</param>
/// <param name="Switch">Which switch said so: a number, a trunk, or <c>*</c>. In the call's trace and record.</param>
/// <param name="IsEarly">Heard before the answer, which costs the caller nothing but not every carrier passes on; a caller whose offer has not come is answered all the same.</param>
public sealed record Announcement(Sound Sound, string Switch, bool IsEarly);
