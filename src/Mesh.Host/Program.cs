using Mesh.Host.Commands;
using Mesh.Host.Plans;
using Mesh.Host.Sites;

return await new MeshCommandLine(Terminal.OfProcess(), new DialplanCheck(TimeProvider.System), new SiteRunner()).RunAsync(args);
