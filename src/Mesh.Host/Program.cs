using Mesh.Host.Commands;

return await new MeshCommandLine(Terminal.OfProcess(), dialplan: null, runner: null).RunAsync(args);
