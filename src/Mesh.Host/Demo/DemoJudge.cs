using Mesh.Host.Demo.Phones;

namespace Mesh.Host.Demo;

/// <summary>Turns what the phones noticed into the report of a call, and says what is wrong with it.</summary>
public static class DemoJudge
{
    public const int MostLegs = 40;
    public const double HertzOff = 2;

    /// <summary>On the phones' loop.</summary>
    public static DemoCallReport Report(DemoCall call, DemoCast cast, string through, string number, SiteLegs legs)
    {
        var devices = cast.Phones.Select(phone => Device(call, phone)).ToList();
        var answered = call.Answered;
        var heard = new List<DemoHeardReport> { Heard("carrier", answered?.Phone.Options.Account ?? "", call.Caller, DemoCast.PhonesHz) };
        if (answered is not null) heard.Add(Heard(answered.Phone.Options.Account, "carrier", answered, DemoCast.CarrierHz));
        return new DemoCallReport(through, number, legs.Made, devices, call.Caller.IsAnswered, answered?.Phone.Options.Account, new DemoToldReport(legs.SipElsewhere, legs.IaxElsewhere),
            call.Caller.InviteToRingingMs, call.Caller.InviteToRingbackMs,
            heard.Count == 2 && heard.TrueForAll(h => h.MsAfterAnswer is not null) ? heard.Max(h => h.MsAfterAnswer) : null, heard);
    }

    public static IEnumerable<string> Problems(DemoCallReport call)
    {
        string where = $"the call through {call.Through}";
        if (!call.Answered) yield return $"{where} was not answered";
        if (call.LegsMade is 0 or > MostLegs) yield return $"{where} made {call.LegsMade} legs";
        if (call.MsToRingback is null) yield return $"{where}: no ringback was heard";
        foreach (var device in call.Devices)
        {
            if (device.Rang != 1) yield return $"{where}: {device.Device} rang {device.Rang} times";
            if (call.Answered && device is { Answered: false, ToldElsewhere: false }) yield return $"{where}: {device.Device} was not told that another had answered";
        }
        foreach (var heard in call.Heard)
            if (Math.Abs(heard.Hz - heard.Expected) > HertzOff) yield return $"{where}: {heard.By} heard {heard.Hz:F1} Hz and not {heard.Expected:F0}";
    }

    public static IEnumerable<string> Problems(DemoSorryReport? sorry)
    {
        if (sorry is null) yield break;
        if (sorry.MsFromKillToPage is null) yield return $"{sorry.AnsweredBy} did not say sorry for {sorry.Host}";
        if (sorry.IncidentId is null) yield return "no incident was drafted";
        else if (!sorry.IsPublic) yield return $"the incident {sorry.IncidentId} could not be confirmed";
    }

    private static DemoDeviceReport Device(DemoCall call, SoftPhone phone)
    {
        var rung = call.RungOf(phone).ToList();
        return new DemoDeviceReport(phone.Options.Account, rung.Count, rung.Exists(c => c.IsAnswered), rung.Exists(c => c is { IsAnswered: false, WasAnsweredElsewhere: true }), rung.Exists(c => c.IsMissed));
    }

    private static DemoHeardReport Heard(string by, string from, PhoneCall call, double expected)
    {
        var tone = call.Audio?.Ear.Tone;
        return new DemoHeardReport(by, from, expected, Math.Round(tone?.FrequencyHz ?? 0, 2), tone?.HeardMs ?? 0, tone?.Gaps ?? 0, call.AnswerToAudioMs);
    }
}
