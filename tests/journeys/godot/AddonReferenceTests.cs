using System.Runtime.CompilerServices;

namespace Laurel.Journeys.Tests.Godot;

public class AddonReferenceTests
{
    private const string Variable = "LAUREL_WRITE_REFERENCE";

    [Fact]
    public void The_reference_says_what_the_sources_say()
    {
        var root = Path.GetFullPath(Path.Combine(ThisFile(), "../../../.."));
        var file = Path.Combine(root, "docs/godot-api.md");
        var made = AddonReference.Make(Path.Combine(root, "sdk/godot/addons/laurel"));
        if (Environment.GetEnvironmentVariable(Variable) is not null)
            File.WriteAllText(file, made);

        Assert.True(File.ReadAllText(file) == made, $"docs/godot-api.md is not what the sources say: run this test with {Variable}=1, which writes it.");
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
