global using Xunit;
global using Mesh.Io;
