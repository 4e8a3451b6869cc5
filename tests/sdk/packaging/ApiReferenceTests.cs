using System.Runtime.CompilerServices;
using Laurel.Client;

namespace Laurel.Sdk.Tests.Packaging;

public class ApiReferenceTests
{
    private const string Variable = "LAUREL_WRITE_REFERENCE";

    [Fact]
    public void The_reference_says_what_the_sources_say()
    {
        var file = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../docs/csharp-api.md"));
        var made = ApiReference.Make(Path.ChangeExtension(typeof(LaurelClient).Assembly.Location, ".xml"));
        if (Environment.GetEnvironmentVariable(Variable) is not null)
            File.WriteAllText(file, made);

        Assert.True(File.ReadAllText(file) == made, $"docs/csharp-api.md is not what the sources say: run this test with {Variable}=1, which writes it.");
    }

    [Fact]
    public void Everything_public_has_its_docstring()
    {
        var page = ApiReference.Make(Path.ChangeExtension(typeof(LaurelClient).Assembly.Location, ".xml"));
        Assert.DoesNotContain("\n\n\n", page, StringComparison.Ordinal);
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
