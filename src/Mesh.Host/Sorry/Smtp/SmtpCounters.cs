using Mesh.Host.Admin;

namespace Mesh.Host.Sorry.Smtp;

/// <summary>What sorry over SMTP did; written by many threads.</summary>
public sealed class SmtpCounters : IMetricSource
{
    private static readonly string[] Codes = ["421", "450", "451", "521", "550", "556"];
    private static readonly SmtpRefusal[] Refusals = Enum.GetValues<SmtpRefusal>();
    private readonly long[] recipients = new long[Codes.Length], refused = new long[Refusals.Length];
    private long live, sessions, secured;

    public long Live => Volatile.Read(ref live);

    public long Sessions => Volatile.Read(ref sessions);

    /// <summary>Sessions that went over to TLS.</summary>
    public long Secured => Volatile.Read(ref secured);

    public long Refused(SmtpRefusal refusal) => Volatile.Read(ref refused[(int)refusal]);

    /// <summary>Recipients answered with a code.</summary>
    public long Recipients(string code) => Volatile.Read(ref recipients[Array.IndexOf(Codes, code)]);

    public void Begin()
    {
        Interlocked.Increment(ref live);
        Interlocked.Increment(ref sessions);
    }

    public void End() => Interlocked.Decrement(ref live);

    public void Secure() => Interlocked.Increment(ref secured);

    public void Refuse(SmtpRefusal refusal) => Interlocked.Increment(ref refused[(int)refusal]);

    public void Told(string code)
    {
        int at = Array.IndexOf(Codes, code);
        if (at >= 0) Interlocked.Increment(ref recipients[at]);
    }

    public void Write(MetricWriter writer)
    {
        writer.Gauge("mesh_sorry_smtp_connections", "SMTP connections now.", Live);
        writer.Counter("mesh_sorry_smtp_sessions_total", "SMTP connections taken.", Sessions);
        writer.Counter("mesh_sorry_smtp_secured_total", "Sessions that went over to TLS.", Secured);
        for (int i = 0; i < Codes.Length; i++) writer.Counter("mesh_sorry_smtp_recipients_total", "Recipients by the code they were answered with; 451 has no switch.", recipients[i], ("code", Codes[i]));
        foreach (var refusal in Refusals) writer.Counter("mesh_sorry_smtp_refused_total", "Connections ended with 421, by reason.", refused[(int)refusal], ("reason", refusal.ToString()));
    }
}
