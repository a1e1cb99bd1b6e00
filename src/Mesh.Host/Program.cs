using Mesh.Host.Commands;
using Mesh.Host.Demo;
using Mesh.Host.IaxTester.Commands;
using Mesh.Host.Plans;
using Mesh.Host.Sites;

var terminal = Terminal.OfProcess();
return await new MeshCommandLine(terminal, new DialplanCheck(), new SiteRunner()) { More = [DemoCommand.Create(terminal, TimeProvider.System), IaxCommandLine.Create(terminal, TimeProvider.System)] }.RunAsync(args);
