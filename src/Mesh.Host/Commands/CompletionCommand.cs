using System.CommandLine;

namespace Mesh.Host.Commands;

/// <summary><c>mesh completion bash</c>: a script for the shell to source; the words come from the program itself.</summary>
public static class CompletionCommand
{
    private const string Bash = """
        # source <(mesh completion bash)
        _mesh() {
          local line=${COMP_LINE:0:COMP_POINT}
          mapfile -t COMPREPLY < <(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}")
        }
        complete -o default -F _mesh mesh ./mesh

        """;

    public static Command Create(Terminal terminal)
    {
        var bash = new Command("bash", "For bash.");
        bash.SetAction(_ => terminal.Out.Write(Bash));
        return new Command("completion", "Print a script that completes mesh's commands.") { bash };
    }
}
