namespace Mesh.Host.Config.Model;

/// <summary>What the registrar grants. The limits are refusals with a count each.</summary>
public sealed record RegistrarConfig(TimeSpan MinExpires, TimeSpan DefaultExpires, TimeSpan MaxExpires, int ContactsPerPhone, int Contacts);
