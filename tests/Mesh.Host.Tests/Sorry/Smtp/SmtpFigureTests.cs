using Mesh.Host.Sorry.Smtp;

namespace Mesh.Host.Tests.Sorry.Smtp;

public class SmtpFigureTests
{
    private static readonly SmtpPhase[] Phases = Enum.GetValues<SmtpPhase>();
    private static readonly SmtpVerb[] Verbs = Enum.GetValues<SmtpVerb>();

    /// <summary>Rows: verbs as declared. Columns: Connected, Hello, Mail, Refused, Closed.</summary>
    private const string Figure = """
        Unknown   Connected:Unrecognised  Hello:Unrecognised  Mail:Unrecognised  Refused:BadSequence  Closed:Abandon
        Helo      Hello:Hello             Hello:Hello         Hello:Hello        Refused:BadSequence  Closed:Abandon
        Ehlo      Hello:Features          Hello:Features      Hello:Features     Refused:BadSequence  Closed:Abandon
        StartTls  Connected:BadSequence   Connected:BeginTls  Mail:BadSequence   Refused:BadSequence  Closed:Abandon
        Mail      Connected:BadSequence   Mail:Sender         Mail:BadSequence   Refused:BadSequence  Closed:Abandon
        Rcpt      Connected:BadSequence   Hello:BadSequence   Mail:Recipient     Refused:BadSequence  Closed:Abandon
        Data      Connected:BadSequence   Hello:BadSequence   Mail:NoRecipient   Refused:BadSequence  Closed:Abandon
        Bdat      Closed:Abandon          Closed:Abandon      Closed:Abandon     Closed:Abandon       Closed:Abandon
        Rset      Connected:Ok            Hello:Ok            Hello:Ok           Refused:BadSequence  Closed:Abandon
        Noop      Connected:Ok            Hello:Ok            Mail:Ok            Refused:BadSequence  Closed:Abandon
        Vrfy      Connected:CannotVerify  Hello:CannotVerify  Mail:CannotVerify  Refused:BadSequence  Closed:Abandon
        Expn      Connected:NotOffered    Hello:NotOffered    Mail:NotOffered    Refused:BadSequence  Closed:Abandon
        Help      Connected:Help          Hello:Help          Mail:Help          Refused:BadSequence  Closed:Abandon
        Auth      Connected:NotOffered    Hello:NotOffered    Mail:NotOffered    Refused:BadSequence  Closed:Abandon
        Quit      Closed:Goodbye          Closed:Goodbye      Closed:Goodbye     Closed:Goodbye       Closed:Abandon
        Http      Closed:Abandon          Closed:Abandon      Closed:Abandon     Closed:Abandon       Closed:Abandon
        """;

    [Fact]
    public void Every_phase_takes_every_verb_as_the_figure_says()
    {
        string[] said = [.. Verbs.Select(v => $"{v} " + string.Join(' ', Phases.Select(p => $"{SmtpFigure.Step(p, v).Phase}:{SmtpFigure.Step(p, v).Act}")))];
        string[] figure = [.. Figure.Split('\n').Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
        Assert.Equal(figure, said);
    }

    [Fact]
    public void No_sequence_of_commands_leads_to_data()
    {
        // Every reachable phase, from both greetings: none answers DATA or BDAT with anything but a refusal.
        var reached = new HashSet<SmtpPhase> { SmtpPhase.Connected, SmtpPhase.Refused };
        for (int before = 0; before != reached.Count;)
        {
            before = reached.Count;
            reached.UnionWith(reached.SelectMany(p => Verbs.Select(v => SmtpFigure.Step(p, v).Phase)).ToList());
        }
        Assert.All(reached, p => Assert.Contains(SmtpFigure.Step(p, SmtpVerb.Data).Act, (SmtpAct[])[SmtpAct.NoRecipient, SmtpAct.BadSequence, SmtpAct.Abandon]));
        Assert.All(reached, p => Assert.Equal(SmtpAct.Abandon, SmtpFigure.Step(p, SmtpVerb.Bdat).Act));
    }
}
