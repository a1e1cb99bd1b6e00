namespace Mesh.Scenarios;

/// <summary>Two phones answered together: exactly one stays until the carrier's BYE, the other is ended within 200 ms of its own answer.</summary>
internal static class RaceCheck
{
    public static string? Fault(string folder, ChildProcess carrier, IReadOnlyList<ChildProcess> phones)
    {
        double carrierBye = Sipp.Messages(folder, carrier).Where(m => m.Sent && m.Line.StartsWith("BYE", StringComparison.Ordinal)).Select(m => m.Seconds).FirstOrDefault();
        if (carrierBye == 0) return "the carrier sent no BYE";
        int talked = 0;
        foreach (var phone in phones)
        {
            var messages = Sipp.Messages(folder, phone);
            int invites = messages.Count(m => !m.Sent && m.Line.StartsWith("INVITE", StringComparison.Ordinal));
            if (invites != 1) return $"{phone.Name} was invited {invites} times";
            double answered = messages.Where(m => m.Sent && m.Line.StartsWith("SIP/2.0 200", StringComparison.Ordinal)).Select(m => m.Seconds).FirstOrDefault();
            double ended = messages.Where(m => !m.Sent && (m.Line.StartsWith("BYE", StringComparison.Ordinal) || m.Line.StartsWith("CANCEL", StringComparison.Ordinal))).Select(m => m.Seconds).FirstOrDefault();
            if (ended == 0) return $"{phone.Name} was never ended";
            if (ended >= carrierBye - 0.05) { talked++; continue; }
            if (answered > 0 && ended - answered > 0.2) return $"{phone.Name} lost and was ended {(ended - answered) * 1000:F0} ms after its answer";
        }
        return talked == 1 ? null : $"{talked} phones talked until the end";
    }
}
