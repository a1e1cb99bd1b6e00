using Mesh.Host.Config.Text;
using Mesh.Iax2.Peers;

namespace Mesh.Host.Config;

/// <summary>Reads the key files of a peer that proves itself by RSA: PEM, as Asterisk's <c>astgenkey -n</c> makes them.</summary>
public sealed class RsaKeyReader(string bundle, ConfigProblems problems)
{
    /// <summary>Longest file, in characters.</summary>
    public const int MaxLength = 16_384;

    /// <summary>Null when there is neither, or after an error was added.</summary>
    public RsaKeys? Read(ConfigNode? privateKey, ConfigNode? publicKey, string path)
    {
        string? ours = Load(privateKey, $"{path}.private_key", isSecret: true, out bool oursFailed);
        string? theirs = Load(publicKey, $"{path}.public_key", isSecret: false, out bool theirsFailed);
        if (oursFailed | theirsFailed || (ours is null && theirs is null)) return null;
        bool good = Check(ours is null ? null : () => RsaKeys.FromPem(ours, null), privateKey, $"{path}.private_key");
        good &= Check(theirs is null ? null : () => RsaKeys.FromPem(null, theirs), publicKey, $"{path}.public_key");
        return good ? RsaKeys.FromPem(ours, theirs) : null;
    }

    private bool Check(Action? read, ConfigNode? node, string path)
    {
        try
        {
            read?.Invoke();
            return true;
        }
        catch (ArgumentException wrong)
        {
            // The name of a parameter of ours would only puzzle.
            string why = wrong.Message.Split(" (Parameter")[0];
            problems.Error(node!.Source, $"{path}: {why}", "astgenkey -n makes a pair that both sides can read");
            return false;
        }
    }

    private string? Load(ConfigNode? node, string path, bool isSecret, out bool failed)
    {
        failed = false;
        if (node is not ConfigScalar { IsNothing: false } file) return null;
        string full = Path.GetFullPath(file.Text, bundle);
        failed = true;
        try
        {
            if (!File.Exists(full)) problems.Error(file.Source, $"{path}: there is no file {full}", "the path is relative to the bundle");
            else if (new FileInfo(full).Length > MaxLength) problems.Error(file.Source, $"{path}: {full} is too long for a key");
            else if (isSecret && SecretReader.IsOpenToOthers(full)) problems.Error(file.Source, $"{path}: {full} may be read by others than its owner", $"chmod 600 {file.Text}");
            else
            {
                failed = false;
                return File.ReadAllText(full);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Error(file.Source, $"{path}: {full} cannot be read: {e.Message}");
        }
        return null;
    }
}
