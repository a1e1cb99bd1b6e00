global using Mesh.Iax2;
global using Mesh.Iax2.Calls;
global using Mesh.Iax2.Peers;
global using Mesh.Iax2.Wire;
global using Mesh.Io;
global using Mesh.Io.Simulation;
global using Xunit;
