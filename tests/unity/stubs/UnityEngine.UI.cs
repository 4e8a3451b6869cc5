using System;
using UnityEngine.Events;

namespace UnityEngine.Events
{
    public delegate void UnityAction();

    public class UnityEvent
    {
        public void AddListener(UnityAction call) => throw new NotSupportedException();
    }
}

namespace UnityEngine.UI
{
    public class Text : MonoBehaviour
    {
        public virtual string text { get; set; }
    }

    public class InputField : MonoBehaviour
    {
        public string text { get; set; }
    }

    public class Button : MonoBehaviour
    {
        public UnityEvent onClick { get; set; }

        public bool interactable { get; set; }
    }
}
