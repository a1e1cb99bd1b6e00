using Mesh.Host.Commands;
using Mesh.Host.Plans;

return await new MeshCommandLine(Terminal.OfProcess(), new DialplanCheck(TimeProvider.System), runner: null).RunAsync(args);
